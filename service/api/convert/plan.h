// Plans, and what looking into them gives, as messages of the API.
#pragma once

#include "absl/status/status.h"
#include "kirikae/v1/planning_service.pb.h"
#include "service/app/plans/insight.h"
#include "service/app/plans/solve.h"
#include "service/domain/records.h"
#include "service/planner/simulate.h"

namespace kirikae::api {

/// The plan as the API gives it. DATA_LOSS where what it keeps can't be read.
absl::Status ToProto(const domain::Plan& plan, v1::Plan* proto);

void ToProto(const app::SolvedProblem& solved, v1::PlanSolution* proto);

/// Why the device `tag` stands where it does in `plan`.
void ToProto(const app::PlacementReasons& reasons, const app::SolvedPlan& plan,
             const std::string& tag, v1::PlacementExplanation* proto);

/// What a simulation of `plan` comes to.
void ToProto(const planner::Simulation& simulation, const app::SolvedPlan& plan,
             v1::PlanSimulation* proto);

}  // namespace kirikae::api
