// The ward as every use case knows it: its clock, its time zone and its settings.
#pragma once

#include <functional>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace kirikae::app {

/// Constant after the start; thread-safe as far as `now` is.
struct Ward {
  std::function<absl::Time()> now;
  absl::TimeZone zone;               ///< decides what "today" is
  bool allow_self_approval = false;  ///< whether a plan's submitter may approve it
  int exception_days = 30;           ///< longest exception, in days after today

  /// The ward's day at an instant.
  absl::CivilDay DayOf(absl::Time time) const { return absl::ToCivilDay(time, zone); }
  absl::CivilDay Today() const { return DayOf(now()); }
};

}  // namespace kirikae::app
