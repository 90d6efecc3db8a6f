// A planning problem as a mixed-integer program, for solvers that read files.
#pragma once

#include <cstdint>
#include <string>

#include "service/planner/problem.h"

namespace kirikae::bench {

/// The program's size, and what its objective's value says of a plan: `left_cost` times the weight
/// left out, plus every phase's number of open days up to its last one (0 when it is not used),
/// that of a phase counting `days` + 1 times that of the next.
struct Mip {
  /// In CPLEX's LP format.
  std::string text;
  int64_t variables = 0;
  int64_t rows = 0;
  int64_t days = 0;
  double left_cost = 0;
};

/// PLACED, then FINISH phase by phase, over all hard rules. Alike items are counted, not named: how
/// many of a class stand in a cell; binaries say which sites a team visits and which days a phase
/// uses, and a falling row of zeroes and ones is each phase's last day. `problem` must be sound
/// (see planner::Validate). Its numbers are taken from the planner's compiled form, so a fault in
/// there shows in neither; that form is held against an independent checker and oracle elsewhere.
Mip WriteMip(const planner::PlanProblem& problem);

}  // namespace kirikae::bench
