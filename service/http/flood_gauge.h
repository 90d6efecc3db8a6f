// How often a client may do what costs the server work and brings it nothing.
#pragma once

#include <algorithm>
#include <chrono>

#include "service/http/clock.h"

namespace kirikae::http {

/// So many at once, and so many a second after that.
class FloodGauge {
 public:
  FloodGauge(double burst, double rate, Instant now)
      : burst_(burst), rate_(rate), left_(burst), at_(now) {}

  /// Counts one; false when it is one too many.
  bool Take(Instant now) {
    left_ = std::min(burst_, left_ + rate_ * std::chrono::duration<double>(now - at_).count());
    at_ = now;
    left_ -= 1;
    return left_ >= 0;
  }
  /// The client earned so many by useful work.
  void Earn(double count) { left_ = std::min(burst_, left_ + count); }

 private:
  const double burst_;
  const double rate_;
  double left_;
  Instant at_;
};

}  // namespace kirikae::http
