// The progress of a rollout: its devices by phase, department, site and team, day by day.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "service/app/rollouts/census.h"
#include "service/app/rollouts/phases.h"
#include "service/app/ward.h"
#include "service/domain/records.h"
#include "service/domain/tally.h"
#include "service/store/store.h"

namespace kirikae::app {

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

/// The progress by the keeper's census: reads all devices of the rollout if anything has been
/// written since the last one.
absl::StatusOr<Progress> CountProgress(const Ward& ward, store::ReadView& view,
                                       const domain::Rollout& rollout, CensusKeeper& censuses);

}  // namespace kirikae::app
