#include "service/api/convert/plan.h"

#include <string>
#include <utility>

#include "service/api/convert/records.h"
#include "service/app/plans/kept_plan.h"
#include "service/domain/record_name.h"
#include "service/status_macros.h"

namespace kirikae::api {

absl::Status ToProto(const domain::Plan& plan, v1::Plan* proto) {
  ASSIGN_OR_RETURN(stored::Plan kept, app::KeptOf(plan));
  proto->Clear();
  if (!plan.solution.empty()) *proto->mutable_solution() = std::move(*kept.mutable_solution());
  *proto->mutable_blocked() = std::move(*kept.mutable_blocked());
  *proto->mutable_warnings() = std::move(*kept.mutable_warnings());
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

}  // namespace kirikae::api
