// Solves a problem within a time limit.
#pragma once

#include "absl/status/statusor.h"
#include "service/planner/problem.h"
#include "service/planner/solution.h"
#include "service/planner/solver.h"

namespace kirikae::app {

/// The time limit in milliseconds when a caller asks for `asked`: 10,000 for 0, and at most 60,000.
int SolveMillis(int asked);

/// Planner options for a search that ends `millis` milliseconds from now.
planner::SolveOptions EndingIn(int millis);

/// A solution, and the time it took.
struct SolvedProblem {
  planner::PlanSolution solution;
  int millis = 0;
};

/// Solves within `millis` milliseconds, on the calling thread. INVALID_ARGUMENT with every fault of
/// the problem, by its path.
absl::StatusOr<SolvedProblem> SolveWithin(const planner::PlanProblem& problem, int millis);

}  // namespace kirikae::app
