// The planning problem of a rollout, out of the inventory as it is.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "kirikae/v1/planning_service.pb.h"
#include "service/api/rollout_file.h"
#include "service/domain/records.h"
#include "service/planner/problem.h"
#include "service/store/store.h"

namespace kirikae::api {

/// The problem, and the devices that can't be items because something without a date stands in
/// their way.
struct BuiltProblem {
  planner::PlanProblem problem;
  std::vector<v1::BlockedDevice> blocked;
};

/// Devices in use, in scope, on the from-method and not finished, each in the first phase that
/// selects it. FAILED_PRECONDITION when no working day is left.
absl::StatusOr<BuiltProblem> BuildProblem(store::ReadView& view, const RolloutFile& file,
                                          absl::CivilDay first_day);

/// Whether the office is closed on a day: a holiday, or 12/29 to 1/3 (the law on the holidays of
/// administrative organs, and the ward's ordinance after it).
bool IsOfficeHoliday(absl::CivilDay day);

}  // namespace kirikae::api
