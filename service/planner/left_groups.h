// What a plan leaves out, in groups that people can talk about.
#pragma once

#include <vector>

#include "service/planner/problem.h"
#include "service/planner/solution.h"

namespace kirikae::planner {

/// The items that `solution` leaves out, each in one group; those with most items first, then in
/// the problem's order. Items that the problem does not have are skipped. Thread-safe.
std::vector<LeftGroup> GroupLeft(const PlanProblem& problem, const PlanSolution& solution);

}  // namespace kirikae::planner
