#include "service/app/plans/kept_plan.h"

#include <optional>
#include <utility>

#include "service/api/convert/records.h"
#include "service/domain/errors.h"
#include "service/domain/record_name.h"
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

}  // namespace kirikae::app
