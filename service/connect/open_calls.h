// Knows when the last call has ended.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>

namespace kirikae::connect {

/// Counts calls. Thread-safe.
class OpenCalls {
 public:
  /// One call, until its end.
  class Ticket {
   public:
    explicit Ticket(OpenCalls& calls) : calls_(calls) {
      const std::lock_guard lock(calls_.mutex_);
      ++calls_.open_;
    }
    ~Ticket() {
      const std::lock_guard lock(calls_.mutex_);
      if (--calls_.open_ == 0) calls_.none_.notify_all();
    }
    Ticket(const Ticket&) = delete;
    Ticket& operator=(const Ticket&) = delete;

   private:
    OpenCalls& calls_;
  };

  /// Returns once no call is open.
  void Wait() {
    std::unique_lock lock(mutex_);
    none_.wait(lock, [this] { return open_ == 0; });
  }
  size_t open() {
    const std::lock_guard lock(mutex_);
    return open_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable none_;
  size_t open_ = 0;
};

}  // namespace kirikae::connect
