// SHA-256 over bytes that come in parts.
#pragma once

#include <sodium.h>

#include <array>
#include <string>
#include <string_view>

namespace kirikae::proof {

/// Not thread-safe.
class Sha256 {
 public:
  Sha256() { crypto_hash_sha256_init(&state_); }

  void Add(std::string_view bytes) {
    crypto_hash_sha256_update(&state_, reinterpret_cast<const unsigned char*>(bytes.data()),
                              bytes.size());
  }
  /// The hash. Call it once, as the last call.
  std::array<unsigned char, 32> Finish() {
    std::array<unsigned char, 32> hash{};
    crypto_hash_sha256_final(&state_, hash.data());
    return hash;
  }
  /// The same in hex.
  std::string FinishHex();

 private:
  crypto_hash_sha256_state state_;
};

}  // namespace kirikae::proof
