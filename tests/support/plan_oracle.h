// Solves tiny planning problems by trying everything; shares no code with the solver.
#pragma once

#include <optional>
#include <vector>

#include "service/planner/problem.h"

namespace kirikae::planner {

struct OracleResult {
  double placed_weight = 0;
  /// By phase: the number of the last open day used, or -1.
  std::vector<int> last_day;
  /// The least cost of STABILITY among the plans that are best on the objectives before it.
  double stability = 0;
};

/// The best of all plans by PLACED, then FINISH, then STABILITY; or STABILITY before FINISH when
/// the problem's objectives say so. Only for a few items and days; empty when it would have to try
/// more than `max_nodes` partial plans.
std::optional<OracleResult> SolveExhaustively(const PlanProblem& problem,
                                              long max_nodes = 20'000'000);

}  // namespace kirikae::planner
