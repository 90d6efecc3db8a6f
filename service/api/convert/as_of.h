// Reads the point in both times that a request asks for.
#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "service/app/inventory/device_source.h"

namespace kirikae::api {

/// The point that two texts of a request give; absent when both are empty. If only one
/// is empty, it is `now`. INVALID_ARGUMENT names the unreadable field.
absl::StatusOr<std::optional<app::AsOf>> ParseAsOf(const std::string& as_of,
                                                   const std::string& known_at, absl::Time now,
                                                   const absl::TimeZone& zone);

}  // namespace kirikae::api
