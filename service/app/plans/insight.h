// Explains a placement, simulates changes, and compares plans.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "service/app/plans/kept_plan.h"
#include "service/app/plans/solve.h"
#include "service/planner/change.h"
#include "service/planner/compare.h"
#include "service/planner/explain.h"
#include "service/planner/simulate.h"
#include "service/store/store.h"

namespace kirikae::app {

/// The plan with this name in the planner's form. NOT_FOUND; see SolvedOf.
absl::StatusOr<SolvedPlan> ReadSolved(store::ReadView& view, const std::string& name);

/// Why a device is where it is in a plan: what blocked it when the plan was made, or the planner's
/// explanation.
struct PlacementReasons {
  std::vector<std::string> blockers;  ///< codes of its blockers
  std::optional<planner::Explanation> explanation;
};

/// `tag` is folded. NOT_FOUND when the plan `name` neither places the device, nor leaves it out,
/// nor lists it as blocked.
absl::StatusOr<PlacementReasons> ExplainDevice(const SolvedPlan& plan, const std::string& name,
                                               const std::string& tag);

/// INVALID_ARGUMENT with every fault of the changes, by its path.
absl::Status CheckChanges(const SolvedPlan& plan, const std::vector<planner::Change>& changes);

/// The plan solved again under `changes`, within the limit. INVALID_ARGUMENT as
/// CheckChanges.
absl::StatusOr<planner::Simulation> SimulateChanges(const SolvedPlan& plan,
                                                    const std::vector<planner::Change>& changes,
                                                    const SolveLimit& limit);

/// The differences from the plan `before` to the plan `after`. INVALID_ARGUMENT for plans of two
/// rollouts.
absl::StatusOr<planner::PlanDifference> ComparePlans(store::ReadView& view,
                                                     const std::string& before,
                                                     const std::string& after);

}  // namespace kirikae::app
