// An upload is whole or nothing: its header says its size and hash.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace kirikae::api {

/// INVALID_ARGUMENT where a header has no hash, or announces more than 64 MiB.
absl::Status CheckAnnounced(int64_t size, const std::string& sha256);

/// INVALID_ARGUMENT where a chunk has more than 1 MiB, or more than is left of `size` bytes behind
/// those that have arrived.
absl::Status CheckChunk(std::string_view chunk, size_t arrived, int64_t size);

/// OK where the bytes that have arrived are those that the header announced: so many, with this
/// SHA-256 in hex. INVALID_ARGUMENT otherwise.
absl::Status CheckWhole(std::string_view content, int64_t size, const std::string& sha256);

}  // namespace kirikae::api
