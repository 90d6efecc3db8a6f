// Forecasts when a rollout will be done, from its outcomes so far.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "service/domain/records.h"
#include "service/planner/forecast.h"
#include "service/store/store.h"

namespace kirikae::app {

/// A forecast, and the attempts that it is based on.
struct RolloutForecast {
  absl::CivilDay day;  ///< the day of the forecast
  /// The rates of `result.all` are those seen in all phases, if any were seen.
  planner::ForecastResult result;
  std::vector<planner::SeenOutcomes> seen;  ///< of each phase, in the order of the result's
  planner::SeenOutcomes seen_in_all;
};

/// The outcomes seen so far in a rollout, by phase; a phase without attempts has those of all
/// phases. An attempt is what ForecastRollout() says.
absl::StatusOr<std::vector<planner::SeenOutcomes>> SeenSoFar(store::ReadView& view,
                                                             const std::string& rollout,
                                                             const std::vector<std::string>& phases,
                                                             absl::CivilDay today);

/// Simulates the rest of the approved plan from the day `today` on. An attempt is a device that was
/// switched, failed, was rolled back, or whose user was absent; a device deferred on its day counts
/// as absent. A phase without attempts takes the rates of all phases. Failed, deferred and overdue
/// devices wait for a make-up slot. FAILED_PRECONDITION without an approved plan.
absl::StatusOr<RolloutForecast> ForecastRollout(store::ReadView& view,
                                                const domain::Rollout& rollout,
                                                absl::CivilDay today, uint32_t seed);

}  // namespace kirikae::app
