#include "service/api/kept_plan.h"

#include <optional>
#include <utility>

#include "service/api/device_conversion.h"
#include "service/api/resource_name.h"
#include "service/domain/errors.h"
#include "service/status_macros.h"

namespace kirikae::api {

std::string PlanName(const domain::Plan& plan) {
  return "rollouts/" + plan.rollout + "/plans/" + std::to_string(plan.number);
}

absl::StatusOr<domain::Plan> RequirePlan(store::ReadView& view, const std::string& name) {
  ASSIGN_OR_RETURN(const ChildName child, ParseChildName(name, "plans"));
  ASSIGN_OR_RETURN(const auto rollout, view.FindRollout(child.rollout));
  if (!rollout.has_value()) return domain::RolloutNotFound(child.rollout);
  ASSIGN_OR_RETURN(std::optional<domain::Plan> plan, view.FindPlan(child.rollout, child.number));
  if (!plan.has_value()) return domain::PlanNotFound(child.rollout, std::to_string(child.number));
  return *std::move(plan);
}

absl::StatusOr<stored::Plan> KeptOf(const domain::Plan& plan) {
  stored::Plan kept;
  if (!kept.ParseFromString(plan.solution)) {
    return absl::DataLossError("a stored plan can't be read");
  }
  return kept;
}

absl::Status ToProto(const domain::Plan& plan, v1::Plan* proto) {
  ASSIGN_OR_RETURN(stored::Plan kept, KeptOf(plan));
  proto->Clear();
  if (!plan.solution.empty()) *proto->mutable_solution() = std::move(*kept.mutable_solution());
  *proto->mutable_blocked() = std::move(*kept.mutable_blocked());
  *proto->mutable_warnings() = std::move(*kept.mutable_warnings());
  if (kept.replaces() != 0) {
    proto->set_replaces("rollouts/" + plan.rollout + "/plans/" + std::to_string(kept.replaces()));
  }
  proto->set_name(PlanName(plan));
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

}  // namespace kirikae::api
