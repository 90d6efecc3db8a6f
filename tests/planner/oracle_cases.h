// Compares the solver with trying everything, on small random problems.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "service/planner/problem.h"

namespace kirikae::planner {

struct OracleTally {
  int compared = 0;
  /// Of those: problems that leave something out, and problems that end on proven days.
  int partial = 0;
  int proven = 0;
  /// Refused by Validate(); too large to try everything.
  int refused = 0;
  int too_large = 0;
  /// The differences, each beginning with the seed.
  std::vector<std::string> mismatches;
};

/// Compares the solver with the oracle on RandomSmall(seed) for `count` seeds from `first` on. The
/// independent checker accepts the plan; PLACED, every phase's last day, and STABILITY are equal;
/// no bound is above the optimum (for PLACED: below it); the status INFEASIBLE is right.
OracleTally CompareWithOracle(uint64_t first, int count);

/// The same for plans made again: RandomSmall(seed) is solved and published; then 5 % of the placed
/// items, at least one, can't be done for a week from their day on.
OracleTally CompareReplansWithOracle(uint64_t first, int count);

/// Publishes the plan of `problem` and makes 5 % of the placed items, chosen by `seed`, slip a week
/// from their day. False when `problem` can't be planned at all.
bool Slip(PlanProblem& problem, uint64_t seed);

}  // namespace kirikae::planner
