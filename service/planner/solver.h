// Solves a planning problem.
#pragma once

#include <cstdint>
#include <functional>

#include "absl/status/statusor.h"
#include "service/planner/problem.h"
#include "service/planner/solution.h"

namespace kirikae::planner {

struct SolveOptions {
  /// Asked from time to time on the calling thread; true ends the search with the best plan so far.
  /// Without it, the same problem and options give the same solution on every machine.
  std::function<bool()> should_stop;
  /// Asked like should_stop; true ends the search for the plan alone, so that time is left for
  /// relaxations. Those go on until should_stop says true.
  std::function<bool()> should_end_search;
  /// Limit of the steps for improving and proving after the first plan. A step is about one check
  /// of a unit against a cell.
  int64_t max_steps = 400'000'000;
  /// Whether to look for PlanSolution::relaxations when something is left out. This solves up to
  /// some dozens of changed problems; it is skipped above 3,000 items.
  bool find_relaxations = true;
  /// Whether to say why each item is left out; without it, Left::reasons are empty.
  bool find_reasons = true;
};

/// A plan that obeys every hard rule, as good as the steps allow. INVALID_ARGUMENT when Validate()
/// finds a fault; the message has the first fault and the number of faults. Thread-safe: touches
/// only its arguments.
absl::StatusOr<PlanSolution> Solve(const PlanProblem& problem, const SolveOptions& options = {});

}  // namespace kirikae::planner
