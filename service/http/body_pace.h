// How fast the body of a request must come.
#pragma once

#include <cstddef>

#include "service/http/clock.h"
#include "service/http/limits.h"

namespace kirikae::http {

/// Counts the time that the server waits for the client, not the time that the handler takes. In
/// all it may wait for Limits::body_grace and, at Limits::body_rate, for as long as what has come.
class BodyPace {
 public:
  /// The limits outlive it.
  explicit BodyPace(const Limits& limits) : limits_(&limits) {}

  /// The handler asks for more, and there is none yet.
  void Wait(Instant now) {
    if (since_ == Instant::max()) since_ = now;
  }
  /// So many bytes have come.
  void Came(size_t bytes, Instant now) {
    bytes_ += bytes;
    if (since_ != Instant::max()) waited_ += now - since_;
    since_ = Instant::max();
  }
  /// When the client is too slow; Instant::max() while nothing is waited for.
  Instant Latest() const {
    if (since_ == Instant::max()) return since_;
    const std::chrono::milliseconds earned(bytes_ * 1'000 / limits_->body_rate);
    return since_ + limits_->body_grace + earned - waited_;
  }

 private:
  const Limits* limits_;
  size_t bytes_ = 0;
  Clock::duration waited_{0};
  Instant since_ = Instant::max();
};

}  // namespace kirikae::http
