// Hashes and secrets.
#pragma once

#include <string>
#include <string_view>

namespace kirikae::app {

/// The BLAKE2b-256 of any bytes in hex. A token's secret is stored in this form.
std::string HashHex(std::string_view bytes);

/// A new secret of 256 random bits, hex.
std::string NewSecret();

}  // namespace kirikae::app
