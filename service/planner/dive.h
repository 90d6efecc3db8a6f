// Packs sizes into bins, or proves that they do not fit, by diving into the program over patterns.
#pragma once

#include <cstdint>
#include <vector>

#include "service/planner/budget.h"

namespace kirikae::planner {

enum class DiveAnswer {
  /// Every size has a bin.
  kPacked,
  /// Proven: no packing exists.
  kImpossible,
  kGaveUp,
};

/// Puts every size into one of `capacities`, of which `bin_of` then says which (it may be empty at
/// first; else it is a start, -1 for none). Solves the linear program over patterns, takes whole
/// bins out of it one after another, and goes on otherwise where what is left no longer fits
/// (depth-first with few discrepancies, from the top in another order after that). All within
/// `max_steps`. `bin_of` is unspecified unless kPacked.
DiveAnswer DiveForBins(const std::vector<int64_t>& sizes, const std::vector<int64_t>& capacities,
                       std::vector<int>& bin_of, int64_t max_steps, Budget& budget);

/// Completes a packing that leaves sizes out (-1 in `bin_of`) by packing some bins anew: those with
/// room and others by chance, with what is outside. Worth its time only where so many sizes differ
/// that diving for all bins is slow; gives false at once where they do not. `bin_of` is unchanged
/// unless it gives true.
bool CompleteByParts(const std::vector<int64_t>& sizes, const std::vector<int64_t>& capacities,
                     std::vector<int>& bin_of, int64_t max_steps, Budget& budget);

}  // namespace kirikae::planner
