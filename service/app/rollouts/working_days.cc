#include "service/app/rollouts/working_days.h"

#include <set>
#include <vector>

#include "service/domain/office_day.h"
#include "service/planner/model.h"

namespace kirikae::app {

planner::Calendar CalendarOf(const CalendarSpec& spec, const OfficeCalendar& office,
                             absl::CivilDay first, absl::CivilDay last) {
  planner::Calendar calendar;
  calendar.first_day = first;
  calendar.last_day = last;
  calendar.slots = spec.slots;
  calendar.weekly_open = spec.weekly_open;
  if (calendar.weekly_open.empty()) {
    calendar.weekly_open = {absl::Weekday::monday, absl::Weekday::tuesday, absl::Weekday::wednesday,
                            absl::Weekday::thursday, absl::Weekday::friday};
  }
  const std::set<absl::CivilDay> opened(spec.open_days.begin(), spec.open_days.end());
  std::set<absl::CivilDay> closed(spec.closed_days.begin(), spec.closed_days.end());
  std::set<absl::CivilDay> open = opened;
  for (absl::CivilDay day = first; day <= last; ++day) {
    const domain::DayVerdict verdict = office.On(day);
    switch (verdict.cause) {
      case domain::DayCause::kWard:
        (verdict.open ? open : closed).insert(day);
        break;
      case domain::DayCause::kHoliday:
      case domain::DayCause::kYearEnd:
        if (opened.count(day) == 0) closed.insert(day);
        break;
      case domain::DayCause::kWeekday:
      case domain::DayCause::kWeekend:
        break;  // the week is the file's
    }
  }
  calendar.open_days.assign(open.begin(), open.end());
  calendar.closed_days.assign(closed.begin(), closed.end());
  return calendar;
}

absl::CivilDay AfterSoak(planner::Calendar calendar, absl::CivilDay end, int64_t soak) {
  calendar.first_day = end + 1;
  if (calendar.last_day < calendar.first_day) return calendar.first_day;
  const std::vector<absl::CivilDay> days = planner::OpenDays(calendar);
  const auto at = static_cast<size_t>(soak);
  return at < days.size() ? days[at] : calendar.last_day + 1;
}

}  // namespace kirikae::app
