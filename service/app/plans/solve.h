// Solves a problem within a time limit.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "service/planner/problem.h"
#include "service/planner/robust.h"
#include "service/planner/solution.h"
#include "service/planner/solver.h"

namespace kirikae::app {

/// The time limit in milliseconds when a caller asks for `asked`: 10,000 for 0, and at most 60,000.
int SolveMillis(int asked);

/// How long a search may go on.
struct SolveLimit {
  int millis = 0;                        ///< from now
  std::function<bool()> stop = nullptr;  ///< asked from time to time: whether to end at once
};

/// The planner's options for a search within the limit.
planner::SolveOptions EndingIn(const SolveLimit& limit);

/// A solution, the time it took, and what it promises where a promise was asked for.
struct SolvedProblem {
  planner::PlanSolution solution;
  int millis = 0;
  std::optional<planner::Promise> promise = std::nullopt;
};

/// Solves within the limit, on the calling thread. INVALID_ARGUMENT with every fault of
/// the problem, by its path.
absl::StatusOr<SolvedProblem> SolveWithin(const planner::PlanProblem& problem,
                                          const SolveLimit& limit);

/// The same for a plan that keeps its promise with `options.confidence`; gives `problem` the
/// reserve that it is solved with. `options.solve` is set from `limit`.
absl::StatusOr<SolvedProblem> SolveRobustWithin(planner::PlanProblem& problem,
                                                const std::vector<planner::SeenOutcomes>& seen,
                                                planner::RobustOptions options,
                                                const SolveLimit& limit);

}  // namespace kirikae::app
