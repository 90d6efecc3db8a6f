// Plans, explanations and simulations in the API's form.
#pragma once

#include "absl/status/status.h"
#include "kirikae/v1/planning_service.pb.h"
#include "service/app/plans/insight.h"
#include "service/app/plans/solve.h"
#include "service/domain/records.h"
#include "service/planner/simulate.h"

namespace kirikae::api {

/// The plan in the API's form. DATA_LOSS when its content can't be read.
absl::Status ToProto(const domain::Plan& plan, v1::Plan* proto);

void ToProto(const app::SolvedProblem& solved, v1::PlanSolution* proto);

/// Why the device `tag` is where it is in `plan`.
void ToProto(const app::PlacementReasons& reasons, const app::SolvedPlan& plan,
             const std::string& tag, v1::PlacementExplanation* proto);

/// The result of simulating changes of `plan`.
void ToProto(const planner::Simulation& simulation, const app::SolvedPlan& plan,
             v1::PlanSimulation* proto);

}  // namespace kirikae::api
