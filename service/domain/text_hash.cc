#include "service/domain/text_hash.h"

#include <array>
#include <cstddef>

namespace kirikae::domain {
namespace {

constexpr size_t kHashBytes = 32;

}  // namespace

TextHash::TextHash() { crypto_generichash_init(&state_, nullptr, 0, kHashBytes); }

void TextHash::Add(std::string_view text) {
  AddNumber(static_cast<int64_t>(text.size()));
  crypto_generichash_update(&state_, reinterpret_cast<const unsigned char*>(text.data()),
                            text.size());
}

void TextHash::AddNumber(int64_t number) {
  std::array<unsigned char, 8> bytes{};
  for (size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<unsigned char>(static_cast<uint64_t>(number) >> (8 * i));
  }
  crypto_generichash_update(&state_, bytes.data(), bytes.size());
}

std::string TextHash::Finish() {
  std::array<unsigned char, kHashBytes> hash{};
  crypto_generichash_final(&state_, hash.data(), hash.size());
  std::string hex(kHashBytes * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
  hex.pop_back();
  return hex;
}

std::string HashOfTexts(std::span<const std::string> texts) {
  TextHash hash;
  for (const std::string& text : texts) hash.Add(text);
  return hash.Finish();
}

}  // namespace kirikae::domain
