// A stored plan and what it keeps.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "kirikae/stored/plan.pb.h"
#include "kirikae/v1/planning_service.pb.h"
#include "service/domain/records.h"
#include "service/store/store.h"

namespace kirikae::app {

/// Resource name, `rollouts/face2025/plans/1`.
std::string PlanName(const domain::Plan& plan);

/// The plan of that name. NOT_FOUND where there is none.
absl::StatusOr<domain::Plan> RequirePlan(store::ReadView& view, const std::string& name);

/// What the plan keeps; empty for a plan of a list. DATA_LOSS where it can't be read.
absl::StatusOr<stored::Plan> KeptOf(const domain::Plan& plan);

}  // namespace kirikae::app
