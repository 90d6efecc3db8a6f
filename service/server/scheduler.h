// Does what time brings, while the daemon serves.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "service/api/call/environment.h"

namespace kirikae::server {

/// Looks for what is due every half minute and after each commit, on a thread of its own. What
/// can't be written now is tried again the next time. Thread-safe.
class Scheduler {
 public:
  explicit Scheduler(api::Environment& env);
  /// Ends once what it does now is done.
  ~Scheduler();
  Scheduler(const Scheduler&) = delete;
  Scheduler& operator=(const Scheduler&) = delete;

 private:
  void Run();
  void Wake();

  api::Environment& env_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool woken_ = false;
  bool stopping_ = false;
  int64_t subscription_ = 0;
  std::thread thread_;
};

}  // namespace kirikae::server
