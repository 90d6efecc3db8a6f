#include "service/api/call/calls_in_flight.h"

namespace kirikae::api {

bool CallsInFlight::WaitForNone(std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  return none_.wait_for(lock, patience, [this] { return count_ == 0; });
}

void CallsInFlight::Leave() {
  // Not the last one: it need not tell anybody.
  int64_t count = count_;
  while (count > 1) {
    if (count_.compare_exchange_weak(count, count - 1)) return;
  }
  // Under the lock, since who waits may destroy this once the count is 0.
  const std::lock_guard lock(mutex_);
  if (--count_ == 0) none_.notify_all();
}

}  // namespace kirikae::api
