// Writes a planning problem as a mixed-integer program in a file format for solvers.
#pragma once

#include <cstdint>
#include <string>

#include "service/planner/problem.h"

namespace kirikae::bench {

/// The program and its size. Its objective for a plan is `left_cost` times the weight left out,
/// plus for every phase the number of open days up to its last one (0 when it is not used), where a
/// phase counts `days` + 1 times as much as the next.
struct Mip {
  /// In CPLEX's LP format.
  std::string text;
  int64_t variables = 0;
  int64_t rows = 0;
  int64_t days = 0;
  double left_cost = 0;
};

/// PLACED, then FINISH phase by phase, over all hard rules. Equal items are counted, not named: how
/// many of a class are in a cell. Binaries say which sites a team visits and which days a phase
/// uses; a falling row of zeroes and ones gives each phase's last day. `problem` must be valid (see
/// planner::Validate). The numbers come from the planner's compiled form, so an error in that form
/// shows in neither; an independent checker and an oracle check that form elsewhere.
Mip WriteMip(const planner::PlanProblem& problem);

}  // namespace kirikae::bench
