// Waves in the API's form.
#pragma once

#include "kirikae/v1/rollout_service.pb.h"
#include "service/app/rollouts/wave_acts.h"

namespace kirikae::api {

void ToProto(const app::WaveNow& now, v1::Wave* proto);

}  // namespace kirikae::api
