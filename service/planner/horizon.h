// How far into the calendar a best plan can reach.
#pragma once

#include "absl/time/civil_time.h"
#include "service/planner/problem.h"

namespace kirikae::planner {

/// A calendar day such that some best plan, by any order of the objectives, uses no day after it;
/// at most the calendar's last day. From some day on, no day offers more than an earlier day of its
/// weekday. A phase of n items can then move whatever it has on a late day to one of the first n
/// such days, and ends no later. The calendar's last day where a help desk counts tickets of later
/// days: the end of the calendar cuts those off, so its last days are unlike the others. `problem`
/// must have no reference faults (see Validate).
absl::CivilDay LastUsefulDay(const PlanProblem& problem);

}  // namespace kirikae::planner
