// Packs sizes into bins. A phase is such a problem when only minutes limit it.
#pragma once

#include <cstdint>
#include <vector>

#include "service/planner/budget.h"

namespace kirikae::planner {

/// Puts every size into a bin, starting from `bin_of` (-1: in no bin). True when every size has a
/// bin. False after `max_steps` steps; `bin_of` then holds the best packing seen: the one that
/// leaves the smallest total size out. Two methods alternate: a tabu search that exchanges up to
/// two sizes of a bin for up to two sizes left out, and a descent that makes full bins fuller
/// (after Buljubasic and Vasquez, "Consistent neighborhood search for one-dimensional bin packing",
/// 2016).
bool FillBins(const std::vector<int64_t>& sizes, const std::vector<int64_t>& capacities,
              std::vector<int>& bin_of, int64_t max_steps, Budget& budget);

}  // namespace kirikae::planner
