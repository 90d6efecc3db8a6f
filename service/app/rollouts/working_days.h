// The working days that a rollout is planned on.
#pragma once

#include "absl/time/civil_time.h"
#include "service/app/calendar/office_calendar.h"
#include "service/app/rollouts/rollout_file.h"
#include "service/planner/problem.h"

namespace kirikae::app {

/// The file's calendar from `first` to `last`, combined with the ward's. A day that the ward closes
/// is closed. A day that the file or the ward opens is open, holiday or not, unless the file closes
/// it. Otherwise holidays, the days around New Year and the file's closed days are closed.
planner::Calendar CalendarOf(const CalendarSpec& spec, const OfficeCalendar& office,
                             absl::CivilDay first, absl::CivilDay last);

/// The first day on which the next phase may begin when the previous one ended on `end`: `soak`
/// open days of the calendar pass between them. The day after the calendar's last day when they
/// don't fit.
absl::CivilDay AfterSoak(planner::Calendar calendar, absl::CivilDay end, int64_t soak);

}  // namespace kirikae::app
