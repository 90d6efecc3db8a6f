// Rows of the due list in the API's form.
#pragma once

#include "absl/time/time.h"
#include "kirikae/v1/migration_service.pb.h"
#include "service/app/rollouts/due.h"

namespace kirikae::api {

/// `now` decides whether the device's exception holds.
void ToProto(const app::DueDevice& due, absl::Time now, v1::DueDevice* proto);

}  // namespace kirikae::api
