// Solves tiny planning problems by trying everything; shares no code with the solver.
#pragma once

#include <optional>
#include <vector>

#include "service/planner/problem.h"

namespace kirikae::planner {

struct OracleResult {
  double placed_weight = 0;
  /// One a phase: the number of the last open day used, or -1.
  std::vector<int> last_day;
  /// Cost of STABILITY, least among the plans best on what counts more.
  double stability = 0;
};

/// The best of all plans on PLACED, then FINISH, then STABILITY, or STABILITY before FINISH where
/// the problem's objectives say so. For a handful of items and days
/// only; empty when more than `max_nodes` partial plans would have to be looked at.
std::optional<OracleResult> SolveExhaustively(const PlanProblem& problem,
                                              long max_nodes = 20'000'000);

}  // namespace kirikae::planner
