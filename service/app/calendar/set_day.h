// Lets the ward decide whether the office works on a day.
#pragma once

#include <optional>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "service/app/act.h"
#include "service/app/calendar/office_calendar.h"
#include "service/domain/values.h"
#include "service/store/store.h"

namespace kirikae::app {

/// The effect of setting a day.
struct DaySetting {
  store::Draft draft;
  OfficeCalendar calendar;  ///< with the day as it becomes
};

/// Sets a day. Without `office`, removes the ward's setting, so that the week, the holidays and the
/// days around New Year decide again; the draft is empty when there was no setting.
/// INVALID_ARGUMENT when a day is set without a reason.
absl::StatusOr<DaySetting> SetDay(store::ReadView& view, absl::CivilDay day,
                                  std::optional<domain::OfficeDay> office,
                                  const WriteContext& context);

}  // namespace kirikae::app
