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

/// Which plan to make.
struct AskedPlan {
  std::string rollout;
  /// The first day that may be used; absent: the day after today.
  std::optional<absl::CivilDay> first_day = std::nullopt;
  /// In how many of 100 futures the finish promised has to hold, 1 to 99; 0: nothing is promised.
  int confidence_percent = 0;
};

/// Solves what is left of a rollout from the inventory as it is now. The record has no number,
/// creator and time yet: see CreatePlan. Takes seconds, with a confidence up to half a minute; a
/// snapshot is open only while the inventory is read. NOT_FOUND without the rollout;
/// INVALID_ARGUMENT where the first day has passed, or the confidence is none;
/// FAILED_PRECONDITION when no working day is left. Ends soon once `stop` says so.
absl::StatusOr<domain::Plan> SolveRollout(store::Store& store, const Ward& ward,
                                          const AskedPlan& asked,
                                          const store::StopWhen& stop = nullptr);

/// `plan` with the rollout's next number, created by the caller now.
absl::StatusOr<domain::Plan> CreatePlan(store::ReadView& view, domain::Plan plan,
                                        const WriteContext& context);

}  // namespace kirikae::app
