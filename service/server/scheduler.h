// Does what becomes due while the daemon serves.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "service/api/call/environment.h"

namespace kirikae::server {

/// Checks for due changes every half minute and after each commit, on its own thread. A change that
/// can't be written is tried again at the next check. Thread-safe.
class Scheduler {
 public:
  /// `chores` runs at most once a quarter of an hour, on the scheduler's thread.
  Scheduler(api::Environment& env, std::function<void()> chores);
  /// Waits until the current check is done.
  ~Scheduler();
  Scheduler(const Scheduler&) = delete;
  Scheduler& operator=(const Scheduler&) = delete;

 private:
  void Run();
  void Wake();

  api::Environment& env_;
  const std::function<void()> chores_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool woken_ = false;
  bool stopping_ = false;
  int64_t subscription_ = 0;
  std::thread thread_;
};

}  // namespace kirikae::server
