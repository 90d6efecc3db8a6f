// Bytes in headers and in the details of errors.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kirikae::connect {

/// Base64 (RFC 4648, section 4) without padding.
std::string ToBase64(std::string_view bytes);

/// The bytes of base64 with or without padding; nothing where it is none.
std::optional<std::string> FromBase64(std::string_view text);

}  // namespace kirikae::connect
