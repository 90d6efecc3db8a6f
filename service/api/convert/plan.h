// Plans between the domain and the API.
#pragma once

#include "absl/status/status.h"
#include "kirikae/v1/planning_service.pb.h"
#include "service/domain/records.h"

namespace kirikae::api {

/// The plan as the API gives it. DATA_LOSS where what it keeps can't be read.
absl::Status ToProto(const domain::Plan& plan, v1::Plan* proto);

}  // namespace kirikae::api
