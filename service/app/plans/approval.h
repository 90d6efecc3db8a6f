// Submits, approves and rejects plans.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "service/app/act.h"
#include "service/app/ward.h"
#include "service/domain/records.h"
#include "service/store/store.h"

namespace kirikae::app {

/// The result of an act on a plan: the plan afterwards (with its old version), and the draft of all
/// changes.
struct PlanAct {
  domain::Plan plan;
  store::Draft draft;
};

/// Submits the plan for approval. FAILED_PRECONDITION when it is not a draft.
absl::StatusOr<PlanAct> SubmitPlan(domain::Plan plan, const WriteContext& context);

/// Puts the plan in force: its waves and placements are made, the rollout is active, the previous
/// plan is superseded and its waves that have not begun are cancelled. Devices that are migrated or
/// excused stay as they are. PERMISSION_DENIED for the person who submitted it, unless the ward
/// allows that. FAILED_PRECONDITION: the plan is not submitted, is older than the approved plan,
/// was made from another file than the rollout has now, or places nothing.
absl::StatusOr<PlanAct> ApprovePlan(store::ReadView& view, domain::Plan plan,
                                    const std::string& remark, const Ward& ward,
                                    const WriteContext& context);

/// Returns the plan to its maker. INVALID_ARGUMENT without a remark; FAILED_PRECONDITION when it is
/// not submitted.
absl::StatusOr<PlanAct> RejectPlan(domain::Plan plan, const std::string& remark,
                                   const WriteContext& context);

}  // namespace kirikae::app
