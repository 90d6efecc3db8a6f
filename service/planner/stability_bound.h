// Proven bounds of the disturbance of a plan.
#pragma once

#include <utility>
#include <vector>

#include "service/planner/budget.h"
#include "service/planner/disturbance.h"
#include "service/planner/exact.h"
#include "service/planner/state.h"

namespace kirikae::planner {

/// By phase: the days that a plan with the last days of `plan` leaves to it; from the end of the
/// phase before and its soak to its own last day.
std::vector<std::pair<int, int>> PhaseDays(const State& plan);

/// Each unit counts its cheapest cell on the days that `days` leaves to its phase. No plan on these
/// days disturbs less.
double CheapestCells(const Disturbance& disturbance, const Model& model,
                     const std::vector<std::pair<int, int>>& days);

/// The same for plans that place at least as much weight as `plan`, where units compete for cells
/// (PriceBound). `units`: those that can be placed at all. `fixed` holds only the fixed units.
/// Looks no closer once the disturbance of `plan` is proven.
double PricedStability(const Disturbance& disturbance, const State& fixed, const State& plan,
                       const std::vector<std::vector<int>>& units, Budget& budget);

}  // namespace kirikae::planner
