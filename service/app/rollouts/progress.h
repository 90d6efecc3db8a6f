// Counts the states of a rollout's devices, once for every view of the progress.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "service/app/rollouts/phases.h"
#include "service/app/ward.h"
#include "service/domain/records.h"
#include "service/domain/tally.h"
#include "service/store/store.h"

namespace kirikae::app {

/// The devices of one phase, department, site or team.
struct ProgressRow {
  std::string id;     ///< or name; "" for the total
  std::string title;  ///< of a phase
  domain::Tally tally;
  int64_t blocked = 0;  ///< of those not planned: with a blocker
};

/// A day of the burn-up.
struct BurnUpPoint {
  absl::CivilDay day;
  int64_t planned = 0;          ///< devices planned up to this day
  std::optional<int64_t> done;  ///< devices switched up to this day; absent on future days
};

/// The progress of a rollout at an instant. A plain value.
struct Progress {
  domain::Rollout rollout;
  absl::Time time;      ///< when this was counted
  absl::TimeZone zone;  ///< the ward's
  ProgressRow total;
  std::vector<ProgressRow> phases;       ///< in the order of the file
  std::vector<ProgressRow> departments;  ///< by path
  std::vector<ProgressRow> sites;        ///< by name
  std::vector<ProgressRow> teams;        ///< by id; devices without a team are not counted
  std::map<domain::FailureCause, int64_t> causes;  ///< of the devices in FAILED
  std::vector<BurnUpPoint> burn_up;                ///< every day from the first to the last
  std::vector<PhaseNow> gates;                     ///< in the order of the file
};

/// Counts every device of the rollout. Takes as long as reading all devices twice.
absl::StatusOr<Progress> CountProgress(const Ward& ward, store::ReadView& view,
                                       const domain::Rollout& rollout);

}  // namespace kirikae::app
