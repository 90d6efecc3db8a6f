// Small random problems solved by the solver and by trying everything, side by side.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "service/planner/problem.h"

namespace kirikae::planner {

struct OracleTally {
  int compared = 0;
  /// Of those, how many leave something out, and how many end on proven days.
  int partial = 0;
  int proven = 0;
  /// Refused by Validate(), and too large to try everything.
  int refused = 0;
  int too_large = 0;
  /// What differs, each beginning with the seed.
  std::vector<std::string> mismatches;
};

/// Compares the solver with the oracle on RandomSmall(seed) for `count` seeds from `first` on: the
/// plan obeys every rule by the independent checker; PLACED, every phase's last day, and STABILITY
/// are equal; no bound is above (or, of PLACED, below) the optimum; INFEASIBLE says so.
OracleTally CompareWithOracle(uint64_t first, int count);

/// The same for plans made again: RandomSmall(seed) is solved and published, then 5 % of what is
/// placed, at least one item, cannot be done for a week from its day on.
OracleTally CompareReplansWithOracle(uint64_t first, int count);

/// `problem` with the placements of its plan published and 5 % of the items, chosen by `seed`,
/// slipped by a week from where they were placed. False when it cannot be planned at all.
bool Slip(PlanProblem& problem, uint64_t seed);

}  // namespace kirikae::planner
