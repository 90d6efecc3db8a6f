// Explains why an item is where it is.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "service/planner/problem.h"
#include "service/planner/solution.h"

namespace kirikae::planner {

/// A slot that the item could have had, and the rules that keep it out of that slot while
/// everything else stays as planned. One reason: without it, the slot is possible. No reason: the
/// slot was free, and the plan is as good with the item elsewhere.
struct HeldOff {
  Position slot;
  std::vector<LeftReason> reasons;
};

struct Explanation {
  /// The item's position; absent when it is left out.
  std::optional<Position> placed;
  /// The slots before that position (for an item left out: all slots), in order of time, that are
  /// open, on a day of the item, within its phase's dates, and of a team that serves its site.
  std::vector<HeldOff> earlier;
  /// The earliest day of the item (with its group) when only the fixed items are planned.
  std::optional<absl::CivilDay> earliest_alone;
};

/// NOT_FOUND for an item the problem does not have; INVALID_ARGUMENT for a problem with faults or
/// a solution that places something the problem does not have.
absl::StatusOr<Explanation> Explain(const PlanProblem& problem, const PlanSolution& solution,
                                    std::string_view item);

}  // namespace kirikae::planner
