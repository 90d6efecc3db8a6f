// Why an item stands where it does.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "service/planner/problem.h"
#include "service/planner/solution.h"

namespace kirikae::planner {

/// A slot the item was allowed in and what held it off there, everything else staying as planned.
/// With one reason, taking that away makes the slot possible. No reason: the slot was free, and
/// the plan is as good with the item elsewhere.
struct HeldOff {
  Position slot;
  std::vector<LeftReason> reasons;
};

struct Explanation {
  /// Where it stands; absent when it is left out.
  std::optional<Position> placed;
  /// Slots before that one (all of them for an item left out) that are open, on the item's days,
  /// within its phase's dates, and of a team that serves its site; in order of time.
  std::vector<HeldOff> earlier;
  /// The earliest day the item (with its group) could have with only the fixed items planned.
  std::optional<absl::CivilDay> earliest_alone;
};

/// NOT_FOUND for an item the problem does not have; INVALID_ARGUMENT for a problem with faults or
/// a solution that places something the problem does not have.
absl::StatusOr<Explanation> Explain(const PlanProblem& problem, const PlanSolution& solution,
                                    std::string_view item);

}  // namespace kirikae::planner
