// A rollout's progress as the API gives it.
#pragma once

#include "kirikae/v1/rollout_service.pb.h"
#include "service/app/rollouts/progress.h"

namespace kirikae::api {

void ToProto(const app::Progress& progress, v1::Progress* proto);

}  // namespace kirikae::api
