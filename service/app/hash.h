// Hashes and secrets.
#pragma once

#include <string>
#include <string_view>

namespace kirikae::app {

/// The BLAKE2b-256 of any bytes in hex. A token's secret is stored in this form.
std::string HashHex(std::string_view bytes);

/// Hex of a keyed BLAKE2b-128, under a key that this process made when it
/// started: nobody else can make it, and no later process accepts it. Thread-safe.
std::string SealHex(std::string_view bytes);

/// Hex of the SHA-256 of any bytes.
std::string Sha256Hex(std::string_view bytes);

/// A new secret: `krk_`, by which scanners for leaked secrets know it, and 256 random bits in hex.
std::string NewSecret();

}  // namespace kirikae::app
