// Resource names, page tokens and days as the API writes them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace kirikae::api {

/// The id in `collection/id`. INVALID_ARGUMENT for another form.
absl::StatusOr<std::string> ParseName(std::string_view name, std::string_view collection);

/// The number in `collection/12`.
absl::StatusOr<int64_t> ParseNumberedName(std::string_view name, std::string_view collection,
                                          std::string_view field);

/// A numbered record of a rollout.
struct ChildName {
  std::string rollout;
  int64_t number = 0;
};

/// The parts of `rollouts/face2025/plans/4`.
absl::StatusOr<ChildName> ParseChildName(std::string_view name, std::string_view collection);

/// A phase of a rollout.
struct PhaseName {
  std::string rollout;
  std::string phase;
};

/// The parts of `rollouts/face2025/phases/managers`.
absl::StatusOr<PhaseName> ParsePhaseName(std::string_view name);

/// Rows in a page: 0 = 100, over 1,000 = 1,000. INVALID_ARGUMENT for a negative one.
absl::StatusOr<int> PageSize(int page_size);

/// An opaque token that goes on at `position` of `query`.
std::string MakePageToken(std::string_view position, std::string_view query);
/// The position in a token, "" for none. INVALID_ARGUMENT for a token of another query.
absl::StatusOr<std::string> ReadPageToken(const std::string& token, std::string_view query);
/// The same for a number; 0 for none.
absl::StatusOr<int64_t> ReadNumberToken(const std::string& token, std::string_view query);

/// `YYYY-MM-DD`. INVALID_ARGUMENT naming the field.
absl::StatusOr<absl::CivilDay> ParseDay(std::string_view text, std::string_view field);

/// The RFC 3339 instant, or `otherwise` for "". INVALID_ARGUMENT names the field.
absl::StatusOr<absl::Time> ParseInstant(std::string_view text, std::string_view field,
                                        absl::Time otherwise);

}  // namespace kirikae::api
