// What approving a plan makes of the records.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "kirikae/v1/planning_service.pb.h"
#include "service/api/call/legacy_call.h"
#include "service/domain/records.h"
#include "service/store/store.h"

namespace kirikae::app {

/// The edits that put `plan` in force: its waves and placements, the rollout active, the plan
/// before superseded and its waves that have not begun cancelled. What is migrated or excused
/// stays. FAILED_PRECONDITION: not submitted, older than the approved one, or places nothing.
absl::StatusOr<std::vector<store::Edit>> ApprovePlanEdits(store::ReadView& view, domain::Plan plan,
                                                          const v1::PlanSolution& solution,
                                                          const WriteContext& context,
                                                          absl::CivilDay today,
                                                          const std::string& remark);

}  // namespace kirikae::app
