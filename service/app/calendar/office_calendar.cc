#include "service/app/calendar/office_calendar.h"

#include <optional>
#include <utility>
#include <vector>

#include "service/status_macros.h"
#include "service/text/holidays.h"

namespace kirikae::app {

absl::StatusOr<OfficeCalendar> OfficeCalendar::Read(store::ReadView& view) {
  OfficeCalendar calendar;
  ASSIGN_OR_RETURN(std::vector<domain::CalendarDay> days,
                   view.ListCalendarDays(absl::CivilDay(1000, 1, 1), absl::CivilDay(9999, 12, 31)));
  for (domain::CalendarDay& day : days) calendar.Put(std::move(day));
  return calendar;
}

void OfficeCalendar::Put(domain::CalendarDay day) {
  if (!day.holiday.empty()) years_.insert(absl::CivilYear(day.day));
  const absl::CivilDay key = day.day;
  days_.insert_or_assign(key, std::move(day));
}

const domain::CalendarDay* OfficeCalendar::Find(absl::CivilDay day) const {
  const auto found = days_.find(day);
  return found == days_.end() ? nullptr : &found->second;
}

std::string OfficeCalendar::HolidayOn(absl::CivilDay day) const {
  if (IsImported(absl::CivilYear(day))) {
    const domain::CalendarDay* const stored = Find(day);
    return stored == nullptr ? std::string() : stored->holiday;
  }
  const auto holiday = text::HolidayOn(day);
  return holiday.has_value() ? std::string(holiday->name) : std::string();
}

domain::DayVerdict OfficeCalendar::On(absl::CivilDay day) const {
  const std::string holiday = HolidayOn(day);
  const domain::CalendarDay* const stored = Find(day);
  return domain::Judge(
      {.day = day, .holiday = holiday, .ward = stored == nullptr ? std::nullopt : stored->office});
}

}  // namespace kirikae::app
