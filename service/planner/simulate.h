// What-if: compares a plan before and after some changes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "service/planner/change.h"
#include "service/planner/compare.h"
#include "service/planner/problem.h"
#include "service/planner/solution.h"
#include "service/planner/solver.h"

namespace kirikae::planner {

/// A phase's dates in both plans. `open_days_later` counts open days of the changed calendar from
/// the old last day to the new one (negative: earlier; 0 when either is absent).
struct PhaseShift {
  std::string id;
  std::optional<absl::CivilDay> first_before;
  std::optional<absl::CivilDay> last_before;
  std::optional<absl::CivilDay> first_after;
  std::optional<absl::CivilDay> last_after;
  int64_t open_days_later = 0;

  friend bool operator==(const PhaseShift&, const PhaseShift&) = default;
};

struct Simulation {
  PlanSolution before;
  PlanSolution after;
  /// The problem that `after` solves. Every item that `before` places counts as published there, so
  /// that few items move.
  PlanProblem changed;
  /// In the order of the problem's phases.
  std::vector<PhaseShift> phases;
  PlanDifference difference;
  /// Items placed before and left out after, with the reasons, in the order of the items.
  std::vector<Left> newly_left;
  /// Fixed items that could not stay under the changes and were planned anew.
  std::vector<std::string> freed;
};

/// Applies `changes` to `problem`, solves it, and compares the result with `before`, a plan for
/// `problem`. Ignores placements of `before` whose item `problem` no longer has. INVALID_ARGUMENT
/// for a faulty problem or change; the message has the first fault and the number of faults (Apply
/// and Validate return all). Deterministic like Solve.
absl::StatusOr<Simulation> Simulate(const PlanProblem& problem, PlanSolution before,
                                    const std::vector<Change>& changes,
                                    const SolveOptions& options = {});

}  // namespace kirikae::planner
