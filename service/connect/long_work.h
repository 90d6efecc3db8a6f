// Keeps long conversions off the threads that serve connections.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace kirikae::connect {

/// Runs jobs. Thread-safe.
class LongWork {
 public:
  /// What has more bytes than this is long.
  static constexpr size_t kLong = size_t{64} << 10U;

  LongWork() : thread_([this] { Work(); }) {}
  /// Runs what is queued first.
  ~LongWork();
  LongWork(const LongWork&) = delete;
  LongWork& operator=(const LongWork&) = delete;

  /// Runs the job at once where it is about `bytes` of at most kLong, and else on the one thread
  /// for long ones, in order.
  void Run(size_t bytes, std::function<void()> job);

 private:
  void Work();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> jobs_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace kirikae::connect
