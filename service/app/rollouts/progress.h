// Where a rollout's devices stand, counted once for every view of it.
#pragma once

#include "absl/status/status.h"
#include "kirikae/v1/rollout_service.pb.h"
#include "service/api/call/legacy_call.h"
#include "service/domain/records.h"
#include "service/store/store.h"

namespace kirikae::app {

/// Counts every device of the rollout into `progress`. Takes as long as reading all devices.
absl::Status CountProgress(const api::Environment& env, store::ReadView& view,
                           const domain::Rollout& rollout, v1::Progress* progress);

}  // namespace kirikae::app
