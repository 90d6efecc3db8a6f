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

/// The facts about a day.
struct DayFacts {
  absl::CivilDay day;
  std::string_view holiday;       ///< its name; "" = none
  std::optional<OfficeDay> ward;  ///< what the ward set
};

struct DayVerdict {
  bool open = false;
  DayCause cause = DayCause::kWeekday;
};

/// The ward's setting decides first. Then a holiday closes the office, then the days from 29
/// December to 3 January (law on the holidays of administrative organs; the ward's ordinance
/// follows it), then the weekend.
DayVerdict Judge(const DayFacts& facts);

}  // namespace kirikae::domain
