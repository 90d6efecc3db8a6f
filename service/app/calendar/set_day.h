// The ward says itself whether the office works on a day.
#pragma once

#include <optional>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "service/app/act.h"
#include "service/app/calendar/office_calendar.h"
#include "service/domain/values.h"
#include "service/store/store.h"

namespace kirikae::app {

/// What setting a day does.
struct DaySetting {
  store::Draft draft;
  OfficeCalendar calendar;  ///< with the day as it becomes
};

/// Sets a day, or with no `office` takes back what the ward had set: the week, the holidays and the
/// year's end then decide again. The draft is empty where nothing had been set. INVALID_ARGUMENT
/// when a day is set without a reason.
absl::StatusOr<DaySetting> SetDay(store::ReadView& view, absl::CivilDay day,
                                  std::optional<domain::OfficeDay> office,
                                  const WriteContext& context);

}  // namespace kirikae::app
