// The ward's clock, time zone and settings, as every use case needs them.
#pragma once

#include <functional>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace kirikae::app {

/// Constant after the start; thread-safe if `now` is.
struct Ward {
  std::function<absl::Time()> now;
  absl::TimeZone zone;               ///< decides what "today" is
  bool allow_self_approval = false;  ///< whether a plan's submitter may approve it
  int exception_days = 30;           ///< longest exception, in days after today

  /// The ward's calendar day at an instant.
  absl::CivilDay DayOf(absl::Time time) const { return absl::ToCivilDay(time, zone); }
  absl::CivilDay Today() const { return DayOf(now()); }
};

}  // namespace kirikae::app
