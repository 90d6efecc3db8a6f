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

/// An opaque token that goes on at `position` of `query`. It is sealed: only this process makes and
/// takes it.
std::string MakePageToken(std::string_view position, std::string_view query);
/// The position in a token, "" for none. INVALID_ARGUMENT for a token of another query or
/// process.
absl::StatusOr<std::string> ReadPageToken(const std::string& token, std::string_view query);
/// The same for a number, which is not negative; 0 for none.
absl::StatusOr<int64_t> ReadNumberToken(const std::string& token, std::string_view query);

/// The same for a place in the log of changes.
std::string MakePlaceToken(const store::ChangePlace& place, std::string_view query);
absl::StatusOr<std::optional<store::ChangePlace>> ReadPlaceToken(const std::string& token,
                                                                 std::string_view query);

/// A token that another process takes too: a watcher goes on with it after a restart. It is not
/// sealed, so that whoever reads it must check the range of what it says.
std::string MakeResumeToken(std::string_view position, std::string_view query);
absl::StatusOr<std::string> ReadResumeToken(const std::string& token, std::string_view query);

}  // namespace kirikae::api
