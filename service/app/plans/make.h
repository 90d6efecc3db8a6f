// Makes a plan for a rollout.
#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "service/app/act.h"
#include "service/app/ward.h"
#include "service/domain/records.h"
#include "service/store/store.h"

namespace kirikae::app {

/// Solves what is left of a rollout from the inventory as it is now. The record has no number,
/// creator and time yet: see CreatePlan. `first_day` is the first day that may be used; absent, it
/// is the day after today. Takes seconds; a snapshot is open only while the inventory is read.
/// NOT_FOUND without the rollout; INVALID_ARGUMENT where `first_day` has passed;
/// FAILED_PRECONDITION when no working day is left. Ends soon once `stop` says so.
absl::StatusOr<domain::Plan> SolveRollout(store::Store& store, const Ward& ward,
                                          const std::string& rollout,
                                          std::optional<absl::CivilDay> first_day,
                                          const store::StopWhen& stop = nullptr);

/// `plan` with the rollout's next number, created by the caller now.
absl::StatusOr<domain::Plan> CreatePlan(store::ReadView& view, domain::Plan plan,
                                        const WriteContext& context);

}  // namespace kirikae::app
