// Packs sizes into few bins.
#pragma once

#include <cstdint>
#include <vector>

#include "service/planner/budget.h"

namespace kirikae::planner {

/// A packing and what is known of the fewest bins.
struct BinPacking {
  /// By size: its bin, 0..bins - 1.
  std::vector<int> bin_of;
  int64_t bins = 0;
  /// Proven in whole numbers: no packing has fewer bins.
  int64_t bound = 0;
};

/// Best-fit decreasing: the largest size first, into the fullest bin in use that holds it, else
/// into the first bin that holds it. Returns the bin of each size, -1 where none holds it.
std::vector<int> BestFitDecreasing(const std::vector<int64_t>& sizes,
                                   const std::vector<int64_t>& capacities);

/// The same into as many bins of `capacity` as it takes. Each size must be above 0 and at most
/// `capacity`.
BinPacking BestFitDecreasing(const std::vector<int64_t>& sizes, int64_t capacity);

/// Improves `packing` until it has `packing.bound` bins, or for `max_steps` steps; never makes it
/// worse. Raises the bound where the linear program over patterns proves more. Rounds that program
/// again and again, each time in another way, and packs what a rounding leaves over by DiveForBins.
/// Where there are too many different sizes for one program, it does so for parts of the bins. The
/// same input gives the same packing, as long as the budget is not stopped from outside.
void PackIntoFewest(const std::vector<int64_t>& sizes, int64_t capacity, int64_t max_steps,
                    Budget& budget, BinPacking& packing);

}  // namespace kirikae::planner
