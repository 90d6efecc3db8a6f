// A stored plan: its name, what it keeps, and both ways between that and the planner's values.
#pragma once

#include <string>

#include "absl/status/statusor.h"
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

/// The plan of that name. NOT_FOUND where there is none.
absl::StatusOr<domain::Plan> RequirePlan(store::ReadView& view, const std::string& name);

/// What the plan keeps; empty for a plan of a list. DATA_LOSS where it can't be read.
absl::StatusOr<stored::Plan> KeptOf(const domain::Plan& plan);

/// A plan's problem and what it places, as the planner takes them, and the rest of what it keeps.
struct SolvedPlan {
  planner::PlanProblem problem;
  planner::PlanSolution solution;  ///< its placements and the days of its phases
  stored::Plan kept;
};

/// The plan as the planner takes it. FAILED_PRECONDITION for a plan that keeps no problem;
/// DATA_LOSS where what it keeps can't be read.
absl::StatusOr<SolvedPlan> SolvedOf(const domain::Plan& plan);

/// The record of a solved problem of `rollout`, without number, creator and time.
domain::Plan KeepPlan(const domain::Rollout& rollout, const BuiltProblem& built,
                      const SolvedProblem& solved);

}  // namespace kirikae::app
