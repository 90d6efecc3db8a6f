// Whether the office works on a day, and why.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/time/civil_time.h"
#include "service/domain/values.h"

namespace kirikae::domain {

/// What decides a day. The numbers are those of the public API.
enum class DayCause { kWeekday = 1, kWeekend, kHoliday, kYearEnd, kWard };

/// What is known of a day.
struct DayFacts {
  absl::CivilDay day;
  std::string_view holiday;       ///< its name; "" = none
  std::optional<OfficeDay> ward;  ///< what the ward set
};

struct DayVerdict {
  bool open = false;
  DayCause cause = DayCause::kWeekday;
};

/// What the ward set decides; else a holiday closes, then the year's end (29 December to 3 January:
/// the law on the holidays of administrative organs, and the ward's ordinance after it), then the
/// weekend.
DayVerdict Judge(const DayFacts& facts);

}  // namespace kirikae::domain
