// Functions that one thread runs for others.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>

namespace kirikae {

/// Runs short functions one after the other on a thread of its own, in the order in which they were
/// given. Thread-safe. The functions must not throw.
class InTurn {
 public:
  InTurn() : thread_([this] { Loop(); }) {}
  ~InTurn() { Finish(); }
  InTurn(const InTurn&) = delete;
  InTurn& operator=(const InTurn&) = delete;

  void Run(std::function<void()> function) {
    {
      const std::lock_guard lock(mutex_);
      functions_.push_back(std::move(function));
    }
    wake_.notify_one();
  }

  /// Waits until everything that was given has run. Nothing may be given from then on.
  void Finish() {
    {
      const std::lock_guard lock(mutex_);
      finishing_ = true;
    }
    wake_.notify_one();
    if (thread_.joinable()) thread_.join();
  }

 private:
  void Loop() {
    std::unique_lock lock(mutex_);
    while (true) {
      wake_.wait(lock, [this] { return finishing_ || !functions_.empty(); });
      if (functions_.empty()) return;
      std::function<void()> function = std::move(functions_.front());
      functions_.pop_front();
      lock.unlock();
      function();
      function = nullptr;
      lock.lock();
    }
  }

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> functions_;
  bool finishing_ = false;
  std::thread thread_;
};

}  // namespace kirikae
