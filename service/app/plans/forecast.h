// When a rollout will be done, from what has happened so far.
#pragma once

#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "kirikae/v1/rollout_service.pb.h"
#include "service/domain/records.h"
#include "service/store/store.h"

namespace kirikae::app {

/// Simulates what is left of the approved plan from `today` on. Attempts are what was switched,
/// failed, rolled back, or met nobody; a device put off on its day counts among the latter. A phase
/// in which nothing was seen yet goes by what was seen in all. Failed, put off and overdue devices
/// wait for a make-up slot. FAILED_PRECONDITION without an approved plan.
absl::StatusOr<v1::Forecast> ForecastRollout(store::ReadView& view, const domain::Rollout& rollout,
                                             absl::CivilDay today, uint32_t seed);

}  // namespace kirikae::app
