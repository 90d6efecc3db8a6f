// What becomes of a made plan: submitted, approved, sent back.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "service/app/act.h"
#include "service/app/ward.h"
#include "service/domain/records.h"
#include "service/store/store.h"

namespace kirikae::app {

/// An act on a plan: the plan as it is afterwards, but for its version, and all that the act
/// changes.
struct PlanAct {
  domain::Plan plan;
  store::Draft draft;
};

/// The plan waits for approval. FAILED_PRECONDITION where it is no draft.
absl::StatusOr<PlanAct> SubmitPlan(domain::Plan plan, const WriteContext& context);

/// The plan is in force: its waves and placements are made, the rollout is active, the plan in
/// force before is superseded and its waves that have not begun are cancelled. Devices that are
/// migrated or excused stay as they are. PERMISSION_DENIED for the one who submitted it, unless the
/// ward allows that; FAILED_PRECONDITION: not submitted, older than the approved plan, or places
/// nothing.
absl::StatusOr<PlanAct> ApprovePlan(store::ReadView& view, domain::Plan plan,
                                    const std::string& remark, const Ward& ward,
                                    const WriteContext& context);

/// The plan goes back to who made it. INVALID_ARGUMENT without a remark; FAILED_PRECONDITION where
/// it is not submitted.
absl::StatusOr<PlanAct> RejectPlan(domain::Plan plan, const std::string& remark,
                                   const WriteContext& context);

}  // namespace kirikae::app
