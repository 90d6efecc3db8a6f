// Phases and their gates in the API's form.
#pragma once

#include "absl/time/time.h"
#include "kirikae/v1/rollout_service.pb.h"
#include "service/app/rollouts/phases.h"

namespace kirikae::api {

/// The phase with its state, its gate and the gate's open conditions; instants in the ward's
/// `zone`.
void ToProto(const app::PhaseNow& phase, const absl::TimeZone& zone, v1::Phase* proto);

/// The phase from its rollout's file, without a state.
void ToProto(const app::PhaseSpec& spec, v1::Phase* proto);

}  // namespace kirikae::api
