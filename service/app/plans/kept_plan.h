// A stored plan: its name, its content, and conversion to and from the planner's values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "kirikae/stored/plan.pb.h"
#include "service/app/plans/problem.h"
#include "service/app/plans/solve.h"
#include "service/domain/records.h"
#include "service/planner/problem.h"
#include "service/planner/solution.h"
#include "service/store/store.h"

namespace kirikae::app {

/// Resource name, `rollouts/face2025/plans/1`.
std::string PlanName(const domain::Plan& plan);

/// The plan with this name. NOT_FOUND.
absl::StatusOr<domain::Plan> RequirePlan(store::ReadView& view, const std::string& name);

/// The plan's content; empty for a plan from a list. DATA_LOSS when it can't be read.
absl::StatusOr<stored::Plan> KeptOf(const domain::Plan& plan);

/// A plan's problem and placements in the planner's form, and the rest of its content.
struct SolvedPlan {
  planner::PlanProblem problem;
  planner::PlanSolution solution;  ///< its placements and the days of its phases
  stored::Plan kept;
};

/// The plan in the planner's form. FAILED_PRECONDITION for a plan without a kept problem; DATA_LOSS
/// when its content can't be read.
absl::StatusOr<SolvedPlan> SolvedOf(const domain::Plan& plan);

/// The last days of a phase in the plan, and in one with only the devices that are ready.
struct PhaseFinish {
  std::string phase;
  std::optional<absl::CivilDay> last_day;              ///< absent: nothing of it is planned
  std::optional<absl::CivilDay> last_when_ready_only;  ///< absent: nothing of it would be
};

/// The record of a solved problem of `rollout`, without number, creator and time. `finishes` is
/// empty when every item is ready.
domain::Plan KeepPlan(const domain::Rollout& rollout, const BuiltProblem& built,
                      const SolvedProblem& solved, const std::vector<PhaseFinish>& finishes);

}  // namespace kirikae::app
