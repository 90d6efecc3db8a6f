// The published list of holidays, compared with the law and with what is stored.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "service/app/calendar/office_calendar.h"
#include "service/domain/records.h"

namespace kirikae::app {

/// A day on which the published list and the law differ.
struct HolidayDifference {
  absl::CivilDay day;
  std::string listed;  ///< the holiday's name in the list; "" = not in it
  std::string by_law;  ///< its name by the law; "" = no holiday
};

/// The effect of importing a list.
struct HolidayImport {
  std::vector<domain::CalendarDay> edits;  ///< the days whose holiday changes, by day
  int holidays = 0;                        ///< in the list
  int first_year = 0;
  int last_year = 0;
  std::vector<HolidayDifference> differences;  ///< by day, in the years that the list has
};

/// Reads the bytes of the Cabinet Office's list: at most 1 MiB, for years from 1948 (the first year
/// of the holiday law) to 2099. After the import, the years from the list's first to its last have
/// exactly the list's holidays; the days that the ward set stay. INVALID_ARGUMENT names the line of
/// the fault; so does one with the problem FEWER_THAN_BY_LAW for a list with fewer holidays in a
/// year than the law has, unless `accept_fewer`.
absl::StatusOr<HolidayImport> ReadHolidayList(std::string_view bytes, const OfficeCalendar& stored,
                                              bool accept_fewer = false);

}  // namespace kirikae::app
