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

domain::ExpectedDays ExpectedDaysOf(const RolloutFile& file, const OfficeCalendar& office,
                                    absl::CivilDay today, absl::CivilDay last) {
  domain::ExpectedDays days;
  if (file.policy.expect.empty()) return days;
  const planner::Calendar calendar = CalendarOf(file.calendar, office, today, last);
  for (const auto& [kind, count] : file.policy.expect) {
    // On the first of these open days no other one has passed.
    days[kind] = AfterSoak(calendar, today, count - 1);
  }
  return days;
}

absl::CivilDay ReadyBy(const RolloutFile& file, const OfficeCalendar& office, absl::CivilDay day) {
  const int count = file.policy.ReadyBefore();
  if (count == 0) return day;
  // Longer than any holidays.
  constexpr int kClosed = 60;
  const absl::CivilDay first = day - (7 * count + kClosed);
  const std::vector<absl::CivilDay> days =
      planner::OpenDays(CalendarOf(file.calendar, office, first, day - 1));
  const auto from_end = static_cast<size_t>(count);
  return from_end <= days.size() ? days[days.size() - from_end] : first;
}

}  // namespace kirikae::app
