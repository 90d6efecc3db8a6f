#include "service/app/calendar/set_day.h"

#include <utility>

#include "service/domain/errors.h"
#include "service/status_macros.h"

namespace kirikae::app {

absl::StatusOr<DaySetting> SetDay(store::ReadView& view, absl::CivilDay day,
                                  std::optional<domain::OfficeDay> office,
                                  const WriteContext& context) {
  if (office.has_value() && context.reason.empty()) {
    return domain::InvalidField("options.reason", domain::Sentence("Say why, for the record."));
  }
  ASSIGN_OR_RETURN(OfficeCalendar calendar, OfficeCalendar::Read(view));
  DaySetting setting{
      context.NewDraft(office.has_value() ? domain::Act::kSetDay : domain::Act::kClearDay),
      std::move(calendar)};
  const domain::CalendarDay* const stored = setting.calendar.Find(day);
  if (stored == nullptr && !office.has_value()) return setting;
  domain::CalendarDay changed = stored == nullptr ? domain::CalendarDay() : *stored;
  changed.day = day;
  changed.office = office;
  changed.reason = office.has_value() ? context.reason : "";
  setting.calendar.Put(changed);
  setting.draft.edits.emplace_back(std::move(changed));
  return setting;
}

}  // namespace kirikae::app
