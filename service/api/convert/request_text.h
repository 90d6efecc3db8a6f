// Reads the days and instants of requests.
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "service/domain/spoken_time.h"

namespace kirikae::api {

/// Reads a day in any form of domain::ReadSpokenDay, of the years 2000 to 2199. INVALID_ARGUMENT
/// names the field.
absl::StatusOr<absl::CivilDay> ParseDay(std::string_view text, std::string_view field,
                                        absl::CivilDay today,
                                        domain::Toward toward = domain::Toward::kNearest);

/// Reads an instant in any form of domain::ReadSpokenTime; `now` for "". INVALID_ARGUMENT names the
/// field.
absl::StatusOr<absl::Time> ParseInstant(std::string_view text, std::string_view field,
                                        absl::Time now, const absl::TimeZone& zone);

}  // namespace kirikae::api
