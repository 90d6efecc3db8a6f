// Days and weekdays as the public form writes them.
#pragma once

#include <optional>
#include <string>

#include "absl/time/civil_time.h"

namespace kirikae::plan_form {

/// `2025-05-01`; "" for no day.
inline std::string DayText(const std::optional<absl::CivilDay>& day) {
  return day.has_value() ? absl::FormatCivilTime(*day) : std::string();
}

/// MON to SUN.
inline const char* WeekdayText(absl::Weekday weekday) {
  constexpr const char* kNames[] = {"MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"};
  return kNames[static_cast<int>(weekday)];
}

}  // namespace kirikae::plan_form
