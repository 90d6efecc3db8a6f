#include "service/app/plans/kept_plan.h"

#include <optional>
#include <utility>

#include "service/app/hash.h"
#include "service/domain/errors.h"
#include "service/domain/record_name.h"
#include "service/plan_form/day_text.h"
#include "service/plan_form/problem_and_solution.h"
#include "service/status_macros.h"

namespace kirikae::app {

std::string PlanName(const domain::Plan& plan) {
  return domain::PlanName(plan.rollout, plan.number);
}

absl::StatusOr<domain::Plan> RequirePlan(store::ReadView& view, const std::string& name) {
  ASSIGN_OR_RETURN(const domain::RecordName child,
                   domain::ParseName(domain::RecordKind::kPlan, name));
  ASSIGN_OR_RETURN(const auto rollout, view.FindRollout(child.rollout));
  if (!rollout.has_value()) return domain::RolloutNotFound(child.rollout);
  ASSIGN_OR_RETURN(std::optional<domain::Plan> plan, view.FindPlan(child.rollout, child.number));
  if (!plan.has_value()) return domain::PlanNotFound(child.rollout, child.number);
  return *std::move(plan);
}

absl::StatusOr<stored::Plan> KeptOf(const domain::Plan& plan) {
  stored::Plan kept;
  if (!kept.ParseFromString(plan.solution)) {
    return absl::DataLossError("a stored plan can't be read");
  }
  return kept;
}

absl::StatusOr<SolvedPlan> SolvedOf(const domain::Plan& plan) {
  SolvedPlan solved;
  ASSIGN_OR_RETURN(solved.kept, KeptOf(plan));
  if (!solved.kept.has_problem()) return domain::PlanWithoutProblem(PlanName(plan));
  ASSIGN_OR_RETURN(solved.problem, plan_form::FromProto(solved.kept.problem()));
  ASSIGN_OR_RETURN(solved.solution, plan_form::FromProto(solved.kept.solution()));
  return solved;
}

domain::Plan KeepPlan(const domain::Rollout& rollout, const BuiltProblem& built,
                      const SolvedProblem& solved, const std::vector<PhaseFinish>& finishes) {
  stored::Plan kept;
  plan_form::ToProto(built.problem, kept.mutable_problem());
  plan_form::ToProto(solved.solution, kept.mutable_solution());
  kept.mutable_solution()->set_solve_millis(solved.millis);
  if (solved.promise.has_value()) plan_form::ToProto(*solved.promise, kept.mutable_promise());
  for (const BlockedDevice& device : built.blocked) {
    auto* const row = kept.add_blocked();
    row->set_asset_tag(device.asset_tag);
    for (const std::string& code : device.codes) row->add_codes(code);
  }
  for (const ConditionalDevice& device : built.conditional) {
    auto* const row = kept.add_conditional();
    row->set_asset_tag(device.asset_tag);
    for (const domain::Condition& condition : device.conditions) {
      auto* const kept_condition = row->add_conditions();
      kept_condition->set_code(condition.code);
      kept_condition->set_day(plan_form::DayText(condition.day));
      kept_condition->set_recorded(condition.recorded);
    }
  }
  for (const PhaseFinish& finish : finishes) {
    auto* const row = kept.add_finishes();
    row->set_phase(finish.phase);
    row->set_last_day(plan_form::DayText(finish.last_day));
    row->set_last_day_when_ready_only(plan_form::DayText(finish.last_when_ready_only));
  }
  for (const PlanWarning& warning : built.warnings) {
    plan_form::ToProto(warning.code, warning.sentence, kept.add_warnings());
  }
  kept.set_replaces(rollout.approved_plan);
  for (const std::string& tag : built.done) kept.add_done(tag);
  domain::Plan plan;
  plan.rollout = rollout.id;
  plan.file_hash = HashHex(rollout.source);
  plan.planned_count = kept.solution().placements_size();
  plan.left_count = kept.solution().left_size();
  plan.blocked_count = kept.blocked_size();
  plan.solution = kept.SerializeAsString();
  return plan;
}

}  // namespace kirikae::app
