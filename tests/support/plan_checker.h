// Checks plans against the rules of the planner's specification; shares no code with the solver.
#pragma once

#include <string>
#include <vector>

#include "service/planner/problem.h"
#include "service/planner/solution.h"

namespace kirikae::planner {

/// Every broken hard rule, and every contradiction within `solution`, as English sentences that
/// begin with the rule's name; empty for a valid plan.
std::vector<std::string> CheckPlan(const PlanProblem& problem, const PlanSolution& solution);

/// The open days of a calendar, numbered from 0.
std::vector<absl::CivilDay> CalendarDays(const Calendar& calendar);

}  // namespace kirikae::planner
