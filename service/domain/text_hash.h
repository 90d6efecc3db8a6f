// The hash of texts that stand together.
#pragma once

#include <sodium.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace kirikae::domain {

/// BLAKE2b-256 over texts, each preceded by its length in eight bytes, and over numbers. Other
/// texts, or the same bytes cut elsewhere, never give the same bytes. Not thread-safe.
class TextHash {
 public:
  TextHash();
  void Add(std::string_view text);
  void AddNumber(int64_t number);
  /// The hash in hex. Call it once, as the last call.
  std::string Finish();

 private:
  crypto_generichash_state state_;
};

/// The hash of texts in their order, hex.
std::string HashOfTexts(std::span<const std::string> texts);

}  // namespace kirikae::domain
