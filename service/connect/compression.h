// The one compression of messages that is supported: gzip.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace kirikae::connect {

enum class Compression { kIdentity, kGzip };

/// An answer is compressed when it has more bytes than this.
inline constexpr size_t kWorthCompressing = 1024;

/// What `Content-Encoding` or `Connect-Content-Encoding` names; "" is identity. UNIMPLEMENTED for
/// another.
absl::StatusOr<Compression> CompressionOf(std::string_view name);

/// Whether `Accept-Encoding` or `Connect-Accept-Encoding` allows gzip.
bool TakesGzip(std::string_view accepted);

/// The bytes compressed.
std::string Gzip(std::string_view bytes);

/// The bytes decompressed. MESSAGE_TOO_LARGE once they are more than `limit`, BAD_COMPRESSION where
/// they are not gzip, are cut, or have something behind them.
absl::StatusOr<std::string> Gunzip(std::string_view bytes, size_t limit);

}  // namespace kirikae::connect
