// Needs of devices, and places that became free, as messages.
#pragma once

#include "kirikae/v1/rollout_service.pb.h"
#include "service/app/rollouts/freed.h"
#include "service/app/rollouts/needs.h"

namespace kirikae::api {

void ToProto(const app::Need& need, v1::ReadinessNeed* proto);
void ToProto(const app::FreedPlace& place, v1::FreedPlace* proto);

}  // namespace kirikae::api
