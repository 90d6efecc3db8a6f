// Finds the smallest single changes that let what is left out be placed.
#pragma once

#include <functional>
#include <vector>

#include "service/planner/problem.h"
#include "service/planner/solution.h"

namespace kirikae::planner {

/// Solves a changed problem for this search; gives nothing when it cannot or may not any more.
using TrialSolve = std::function<std::vector<Left>(const PlanProblem&, bool& solved)>;

/// For each phase with items left out for want of days, minutes or shares: the fewest further
/// calendar days of its deadline, the fewest further minutes per slot of one team, the smallest
/// share of the departments concerned (in steps of 5 %), and one more team, whichever by itself
/// lets all of those items be placed. Each is verified by solving the changed problem; smallest
/// is found by bisection.
std::vector<Relaxation> FindRelaxations(const PlanProblem& problem, const PlanSolution& solution,
                                        const TrialSolve& solve);

}  // namespace kirikae::planner
