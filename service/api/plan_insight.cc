// Handlers that explain, simulate and compare plans.
#include <string>
#include <vector>

#include "service/api/convert/plan.h"
#include "service/api/planning_handlers.h"
#include "service/app/plans/insight.h"
#include "service/plan_form/problem_and_solution.h"
#include "service/status_macros.h"
#include "service/text/fold.h"

namespace kirikae::api {

absl::Status ExplainPlacement(const Call& call, const v1::ExplainPlacementRequest& request,
                              v1::PlacementExplanation* response) {
  const std::string tag = text::FoldIdentifier(request.asset_tag());
  ASSIGN_OR_RETURN(const app::SolvedPlan plan, app::ReadSolved(call.view, request.name()));
  ASSIGN_OR_RETURN(const app::PlacementReasons reasons,
                   app::ExplainDevice(plan, request.name(), tag));
  ToProto(reasons, plan, tag, response);
  return absl::OkStatus();
}

absl::Status SimulatePlan(const Call& call, const v1::SimulatePlanRequest& request,
                          v1::PlanSimulation* response) {
  ASSIGN_OR_RETURN(const std::vector<planner::Change> changes,
                   plan_form::FromProto(request.changes()));
  ASSIGN_OR_RETURN(const app::SolvedPlan plan, app::ReadSolved(call.view, request.name()));
  ASSIGN_OR_RETURN(
      const planner::Simulation simulation,
      app::SimulateChanges(plan, changes,
                           {app::SolveMillis(request.time_limit_millis()), call.abandoned}));
  ToProto(simulation, plan, response);
  return absl::OkStatus();
}

absl::Status ComparePlans(const Call& call, const v1::ComparePlansRequest& request,
                          v1::PlanDifference* response) {
  ASSIGN_OR_RETURN(const planner::PlanDifference difference,
                   app::ComparePlans(call.view, request.name(), request.other()));
  plan_form::ToProto(difference, response);
  return absl::OkStatus();
}

}  // namespace kirikae::api
