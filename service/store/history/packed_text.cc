#include "service/store/history/packed_text.h"

#include <cstddef>

namespace kirikae::store {
namespace {

constexpr unsigned kBits = 7;
constexpr unsigned char kMore = 0x80;

std::optional<size_t> TakeLength(std::string_view& packed) {
  size_t length = 0;
  for (unsigned shift = 0; !packed.empty() && shift < 8 * sizeof(length); shift += kBits) {
    const auto byte = static_cast<unsigned char>(packed.front());
    packed.remove_prefix(1);
    const size_t bits = byte & (kMore - 1U);
    if (bits << shift >> shift != bits) return std::nullopt;  // more than a length holds
    length |= bits << shift;
    if (byte >= kMore) continue;
    return byte == 0 && shift > 0 ? std::nullopt : std::optional(length);
  }
  return std::nullopt;
}

}  // namespace

void PackText(std::string_view text, std::string& packed) {
  size_t length = text.size();
  while (length >= kMore) {
    packed.push_back(static_cast<char>((length & (kMore - 1U)) | kMore));
    length >>= kBits;
  }
  packed.push_back(static_cast<char>(length));
  packed += text;
}

std::optional<std::string_view> TakeText(std::string_view& packed) {
  const std::optional<size_t> length = TakeLength(packed);
  if (!length.has_value() || *length > packed.size()) return std::nullopt;
  const std::string_view text = packed.substr(0, *length);
  packed.remove_prefix(*length);
  return text;
}

}  // namespace kirikae::store
