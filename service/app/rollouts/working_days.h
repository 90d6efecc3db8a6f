// The working days that a rollout is planned on.
#pragma once

#include "absl/time/civil_time.h"
#include "service/app/calendar/office_calendar.h"
#include "service/app/rollouts/rollout_file.h"
#include "service/domain/prospect.h"
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

/// The day on which each kind of blocker should be gone by the file's policy: so many open days
/// after `today`. The day after `last` when there are not so many until then.
domain::ExpectedDays ExpectedDaysOf(const RolloutFile& file, const OfficeCalendar& office,
                                    absl::CivilDay today, absl::CivilDay last);

/// The last day on which a device may become ready for a wave on `day`: the open day that lies the
/// policy's `ready_before` open days before it.
absl::CivilDay ReadyBy(const RolloutFile& file, const OfficeCalendar& office, absl::CivilDay day);

}  // namespace kirikae::app
