// Packings with a known optimum as planning problems: one team, one slot a day, every day open, an
// item's minutes are its size.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "service/planner/problem.h"

namespace kirikae::bench {

/// Sizes to pack into bins of one capacity.
struct Packing {
  std::string name;
  int64_t capacity = 0;
  std::vector<int64_t> sizes;
  /// The fewest bins, when known by construction, else 0. Bins that were cut up with less than one
  /// capacity of waste in total need exactly as many bins.
  int64_t planted = 0;
  /// The fewest bins of any packing that is known, published as such; else 0.
  int64_t best_known = 0;
};

struct PackingClass {
  std::string name;
  std::vector<Packing> packings;
};

/// Bins that were cut up, triplets, near-perfect fits, and classes drawn like the published sets
/// (Falkenauer 1996, Scholl, Klein and Juergens 1997, Schwerin and Waescher 1997, Waescher and Gau
/// 1996, Schoenfield's Hard28 2002). The same on every machine. With `scale` below 1, only a part
/// of each class, but at least one packing.
std::vector<PackingClass> AllPackings(double scale = 1);

/// A lower bound on the bins of any packing: the larger of the total's and Martello and Toth's L2.
/// Shares no code with the solver.
int64_t LeastBins(const Packing& packing);

/// `packing` with enough days for any reasonable packing.
planner::PlanProblem ProblemOf(const Packing& packing);

}  // namespace kirikae::bench
