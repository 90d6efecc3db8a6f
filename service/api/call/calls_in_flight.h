// How many calls have not ended.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <utility>

namespace kirikae::api {

/// Counts the calls that still use the service. gRPC's shutdown does not wait for the handlers of
/// calls that it has cancelled, so who takes the service down waits here. Thread-safe.
class CallsInFlight {
 public:
  /// One call; its copies are counted too, so that it lasts as long as the last of them.
  class Mark {
   public:
    /// Null = it counts nowhere.
    explicit Mark(CallsInFlight* calls) : calls_(calls) { Enter(); }
    Mark(const Mark& other) : calls_(other.calls_) { Enter(); }
    Mark(Mark&& other) noexcept : calls_(std::exchange(other.calls_, nullptr)) {}
    Mark& operator=(const Mark&) = delete;
    ~Mark() {
      if (calls_ != nullptr) calls_->Leave();
    }

   private:
    void Enter() {
      if (calls_ != nullptr) ++calls_->count_;
    }

    CallsInFlight* calls_;
  };

  /// Waits until there is none; false where there still is one after `patience`. No call may begin
  /// any more.
  bool WaitForNone(std::chrono::milliseconds patience);

 private:
  void Leave();

  std::atomic<int64_t> count_ = 0;
  std::mutex mutex_;
  std::condition_variable none_;
};

}  // namespace kirikae::api
