// A rollout's progress in the API's form.
#pragma once

#include "kirikae/v1/rollout_service.pb.h"
#include "service/app/rollouts/progress.h"

namespace kirikae::api {

void ToProto(const app::Progress& progress, v1::Progress* proto);

}  // namespace kirikae::api
