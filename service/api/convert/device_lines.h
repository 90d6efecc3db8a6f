// Devices as JSON lines: the API's form, one device per line.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "service/domain/records.h"

namespace kirikae::api {

/// A device as proto3 JSON, followed by a line break. `now` decides whether an exception holds.
absl::StatusOr<std::string> DeviceLine(const domain::Device& device, absl::Time now);

}  // namespace kirikae::api
