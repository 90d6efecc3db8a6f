// Solving a problem within a time limit.
#pragma once

#include "absl/status/statusor.h"
#include "service/planner/problem.h"
#include "service/planner/solution.h"
#include "service/planner/solver.h"

namespace kirikae::app {

/// How long a problem may be solved where a caller asks for `asked` milliseconds: 10,000 where
/// they ask for none, 60,000 at most.
int SolveMillis(int asked);

/// The planner's options for a search that ends after `millis` milliseconds from now.
planner::SolveOptions EndingIn(int millis);

/// A solution, and how long it took to find.
struct SolvedProblem {
  planner::PlanSolution solution;
  int millis = 0;
};

/// Solves within `millis` milliseconds, on the calling thread. INVALID_ARGUMENT with every fault of
/// the problem, by its path.
absl::StatusOr<SolvedProblem> SolveWithin(const planner::PlanProblem& problem, int millis);

}  // namespace kirikae::app
