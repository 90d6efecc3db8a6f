// Planning problems and solutions between the planner and the API.
#pragma once

#include "absl/status/statusor.h"
#include "kirikae/v1/planning_service.pb.h"
#include "service/planner/problem.h"
#include "service/planner/solution.h"

namespace kirikae::api {

/// The problem as the planner takes it. INVALID_ARGUMENT with every day, weekday and objective that
/// can't be read, by its path; what the planner itself refuses is not checked here.
absl::StatusOr<planner::PlanProblem> FromProto(const v1::PlanProblem& proto);

/// The solution as the API gives it.
void ToProto(const planner::PlanSolution& solution, v1::PlanSolution* proto);

}  // namespace kirikae::api
