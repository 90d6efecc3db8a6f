#include "service/api/convert/plan.h"

#include <string>
#include <utility>

#include "service/api/convert/records.h"
#include "service/app/plans/kept_plan.h"
#include "service/domain/record_name.h"
#include "service/plan_form/day_text.h"
#include "service/plan_form/problem_and_solution.h"
#include "service/status_macros.h"

namespace kirikae::api {

using plan_form::DayText;

absl::Status ToProto(const domain::Plan& plan, v1::Plan* proto) {
  ASSIGN_OR_RETURN(stored::Plan kept, app::KeptOf(plan));
  proto->Clear();
  if (!plan.solution.empty()) *proto->mutable_solution() = std::move(*kept.mutable_solution());
  *proto->mutable_blocked() = std::move(*kept.mutable_blocked());
  *proto->mutable_warnings() = std::move(*kept.mutable_warnings());
  if (kept.has_promise()) *proto->mutable_promise() = std::move(*kept.mutable_promise());
  *proto->mutable_conditional() = std::move(*kept.mutable_conditional());
  *proto->mutable_finishes() = std::move(*kept.mutable_finishes());
  if (kept.replaces() != 0) {
    proto->set_replaces(domain::PlanName(plan.rollout, kept.replaces()));
  }
  proto->set_name(app::PlanName(plan));
  proto->set_state(static_cast<v1::PlanState>(plan.state));
  proto->set_creator(plan.creator);
  proto->set_create_time(FormatInstant(plan.create_time));
  proto->set_submitter(plan.submitter);
  proto->set_approver(plan.approver);
  proto->set_remark(plan.remark);
  if (plan.approve_time.has_value()) proto->set_approve_time(FormatInstant(*plan.approve_time));
  proto->set_planned_count(static_cast<int>(plan.planned_count));
  proto->set_left_count(static_cast<int>(plan.left_count));
  proto->set_blocked_count(static_cast<int>(plan.blocked_count));
  proto->set_etag(std::to_string(plan.version));
  return absl::OkStatus();
}

void ToProto(const app::SolvedProblem& solved, v1::PlanSolution* proto) {
  plan_form::ToProto(solved.solution, proto);
  proto->set_solve_millis(solved.millis);
}

void ToProto(const app::PlacementReasons& reasons, const app::SolvedPlan& plan,
             const std::string& tag, v1::PlacementExplanation* proto) {
  proto->set_asset_tag(tag);
  proto->mutable_blockers()->Assign(reasons.blockers.begin(), reasons.blockers.end());
  for (const v1::ConditionalDevice& device : plan.kept.conditional()) {
    if (device.asset_tag() == tag) *proto->mutable_conditions() = device.conditions();
  }
  if (!reasons.explanation.has_value()) return;
  const planner::Explanation& explanation = *reasons.explanation;
  if (explanation.placed.has_value()) {
    plan_form::ToProto(*explanation.placed, proto->mutable_placed());
  }
  for (const planner::HeldOff& held : explanation.earlier) {
    auto* const row = proto->add_earlier();
    plan_form::ToProto(held.slot, row->mutable_slot());
    for (const planner::LeftReason& reason : held.reasons) {
      plan_form::ToProto(reason, row->add_reasons());
    }
  }
  proto->set_earliest_alone(DayText(explanation.earliest_alone));
  for (const v1::PlanLeft& left : plan.kept.solution().left()) {
    if (left.item() == tag) *proto->mutable_left() = left.reasons();
  }
}

void ToProto(const planner::Simulation& simulation, const app::SolvedPlan& plan,
             v1::PlanSimulation* proto) {
  *proto->mutable_before() = plan.kept.solution();
  plan_form::ToProto(simulation.after, proto->mutable_after());
  for (const planner::PhaseShift& shift : simulation.phases) {
    auto* const row = proto->add_phases();
    row->set_id(shift.id);
    row->set_first_day_before(DayText(shift.first_before));
    row->set_last_day_before(DayText(shift.last_before));
    row->set_first_day_after(DayText(shift.first_after));
    row->set_last_day_after(DayText(shift.last_after));
    row->set_open_days_later(static_cast<int>(shift.open_days_later));
  }
  plan_form::ToProto(simulation.difference, proto->mutable_difference());
  for (const planner::Left& left : simulation.newly_left) {
    auto* const row = proto->add_newly_left();
    row->set_item(left.item);
    for (const planner::LeftReason& reason : left.reasons) {
      plan_form::ToProto(reason, row->add_reasons());
    }
  }
  for (const std::string& item : simulation.freed) proto->add_freed(item);
}

}  // namespace kirikae::api
