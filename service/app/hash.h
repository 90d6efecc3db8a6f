// Hashes and secrets.
#pragma once

#include <string>
#include <string_view>

namespace kirikae::app {

/// Hex of the BLAKE2b-256 of any bytes; what is kept of a token's secret.
std::string HashHex(std::string_view bytes);

/// A new secret of 256 random bits, hex.
std::string NewSecret();

}  // namespace kirikae::app
