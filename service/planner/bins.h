// Packs sizes into bins: what a phase is when nothing but minutes limits it.
#pragma once

#include <cstdint>
#include <vector>

#include "service/planner/budget.h"

namespace kirikae::planner {

/// Puts every size into a bin of its own choice of `capacities`, starting from `bin_of` (-1: in
/// none), and gives true; or gives up after `max_steps` steps, with the least outside that it has
/// seen. A tabu search over what does not fit yet, exchanging up to two sizes of a bin for up to
/// two outside, alternates with a descent that makes full bins fuller (after Buljubasic and
/// Vasquez, "Consistent neighborhood search for one-dimensional bin packing", 2016).
bool FillBins(const std::vector<int64_t>& sizes, const std::vector<int64_t>& capacities,
              std::vector<int>& bin_of, int64_t max_steps, Budget& budget);

}  // namespace kirikae::planner
