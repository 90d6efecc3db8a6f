// Writes a plan with its reasons and its quality.
#pragma once

#include "service/planner/plan_search.h"
#include "service/planner/solution.h"
#include "service/planner/state.h"

namespace kirikae::planner {

/// What is proven of a plan beyond the bounds of its PlanSearch.
struct Proofs {
  /// A whole search proved that no plan is better by PLACED and FINISH.
  bool searched = false;
  /// A whole search proved that no plan is better by all objectives in their order.
  bool all = false;
  /// A proven lower bound of STABILITY for plans with the same last days.
  double least_disturbance = 0;
};

/// Relaxations are not part of it, and reasons only where asked for.
PlanSolution WriteSolution(PlanSearch& search, const State& plan, const Proofs& proofs,
                           bool reasons);

}  // namespace kirikae::planner
