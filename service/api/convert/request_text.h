// Reads the days and instants of requests.
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace kirikae::api {

/// Reads `YYYY-MM-DD`. INVALID_ARGUMENT names the field.
absl::StatusOr<absl::CivilDay> ParseDay(std::string_view text, std::string_view field);

/// Reads an RFC 3339 instant; `otherwise` for "". INVALID_ARGUMENT names the field.
absl::StatusOr<absl::Time> ParseInstant(std::string_view text, std::string_view field,
                                        absl::Time otherwise);

}  // namespace kirikae::api
