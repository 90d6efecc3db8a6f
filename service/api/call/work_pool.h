// A bounded pool for long work (parsing an import, planning), so that callback threads stay free.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace kirikae::api {

/// Runs jobs on a few threads. Thread-safe. Jobs must not throw.
class WorkPool {
 public:
  /// `waiting`: how many jobs may queue before one is refused.
  WorkPool(int threads, size_t waiting);
  /// Runs the queued jobs, then ends.
  ~WorkPool();
  WorkPool(const WorkPool&) = delete;
  WorkPool& operator=(const WorkPool&) = delete;

  /// False when too many jobs wait; the caller answers RESOURCE_EXHAUSTED.
  bool Submit(std::function<void()> job);

 private:
  void Run();

  const size_t waiting_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> jobs_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace kirikae::api
