// The published list of holidays, compared with the law and with what is stored.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "kirikae/v1/calendar_service.pb.h"
#include "service/app/calendar/office_calendar.h"
#include "service/domain/records.h"

namespace kirikae::app {

/// What importing a list does.
struct HolidayImport {
  std::vector<domain::CalendarDay> edits;  ///< the days whose holiday changes, by day
  v1::ImportHolidaysResponse answer;
};

/// Reads the file's bytes: at most 1 MiB, of years from 1948 (the holiday law's first) to 2099.
/// INVALID_ARGUMENT with the line of the fault. The years from its first to its last have the
/// list's holidays and no others; the ward's own days stay.
absl::StatusOr<HolidayImport> ReadHolidayList(std::string_view bytes, const OfficeCalendar& stored);

}  // namespace kirikae::app
