// Packs sizes into bins, or proves that they do not fit, by diving into the linear program over
// patterns.
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

/// Puts every size into a bin of `capacities` and writes the bins to `bin_of`. On entry, `bin_of`
/// is empty or a start (-1: in no bin). Solves the linear program over patterns, fixes whole bins
/// one after another, and turns back where the rest no longer fits (depth-first with limited
/// discrepancies, then again from the top in another order). Uses at most `max_steps` steps.
/// `bin_of` is unspecified unless the answer is kPacked.
DiveAnswer DiveForBins(const std::vector<int64_t>& sizes, const std::vector<int64_t>& capacities,
                       std::vector<int>& bin_of, int64_t max_steps, Budget& budget);

/// Completes a packing that leaves sizes out (-1 in `bin_of`): packs again the sizes left out
/// together with the sizes of a few bins (those with free capacity first, then random ones). Worth
/// its time only where there are so many different sizes that diving for all bins is slow; returns
/// false at once where there are fewer. Changes `bin_of` only when it returns true.
bool CompleteByParts(const std::vector<int64_t>& sizes, const std::vector<int64_t>& capacities,
                     std::vector<int>& bin_of, int64_t max_steps, Budget& budget);

}  // namespace kirikae::planner
