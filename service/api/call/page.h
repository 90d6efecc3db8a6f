// Pages of lists: sizes and tokens.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "service/store/store.h"

namespace kirikae::api {

/// Rows per page: 0 means 100; above 1,000 means 1,000. INVALID_ARGUMENT for a negative size.
absl::StatusOr<int> PageSize(int page_size);

/// An opaque token that continues `query` at `position`.
std::string MakePageToken(std::string_view position, std::string_view query);
/// The position in a token, "" for an empty token. INVALID_ARGUMENT for a token of another query.
absl::StatusOr<std::string> ReadPageToken(const std::string& token, std::string_view query);
/// The same for a number; 0 for an empty token.
absl::StatusOr<int64_t> ReadNumberToken(const std::string& token, std::string_view query);

/// The same for a place in the log of changes.
std::string MakePlaceToken(const store::ChangePlace& place, std::string_view query);
absl::StatusOr<std::optional<store::ChangePlace>> ReadPlaceToken(const std::string& token,
                                                                 std::string_view query);

}  // namespace kirikae::api
