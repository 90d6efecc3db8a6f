// Runs one piece of work at a time on a second thread.
#pragma once

#include <functional>
#include <future>
#include <utility>

#include "absl/status/status.h"

namespace kirikae {

/// Lets a long job use a second core. Not thread-safe: one thread starts the work and waits for it.
class BackgroundTask {
 public:
  BackgroundTask() = default;
  ~BackgroundTask() {
    if (running_.valid()) running_.wait();
  }
  BackgroundTask(const BackgroundTask&) = delete;
  BackgroundTask& operator=(const BackgroundTask&) = delete;

  /// Waits for the previous work, then starts `work`. If the previous work failed, returns its
  /// error and does not start `work`.
  absl::Status Start(std::function<absl::Status()> work) {
    const absl::Status before = Wait();
    if (before.ok()) running_ = std::async(std::launch::async, std::move(work));
    return before;
  }

  /// Waits for the work. Returns its error, once.
  absl::Status Wait() { return running_.valid() ? running_.get() : absl::OkStatus(); }

 private:
  std::future<absl::Status> running_;
};

}  // namespace kirikae
