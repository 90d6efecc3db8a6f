// One piece of work at a time on a thread beside the caller's.
#pragma once

#include <functional>
#include <future>
#include <utility>

#include "absl/status/status.h"

namespace kirikae::app {

/// Lets a long job use a second core. Not thread-safe: one thread starts the work and waits for it.
class Aside {
 public:
  Aside() = default;
  ~Aside() {
    if (running_.valid()) running_.wait();
  }
  Aside(const Aside&) = delete;
  Aside& operator=(const Aside&) = delete;

  /// Starts `work`, once the work before it has ended; where that failed, gives its error instead.
  absl::Status Start(std::function<absl::Status()> work) {
    const absl::Status before = Wait();
    if (before.ok()) running_ = std::async(std::launch::async, std::move(work));
    return before;
  }

  /// Waits for the work's end; its error, once.
  absl::Status Wait() { return running_.valid() ? running_.get() : absl::OkStatus(); }

 private:
  std::future<absl::Status> running_;
};

}  // namespace kirikae::app
