#include "service/store/sqlite/key_run.h"

#include <algorithm>
#include <cstring>
#include <optional>

#include "service/store/history/packed_text.h"
#include "service/store/sqlite/search_keys.h"

namespace kirikae::store {
namespace {

constexpr size_t kBeginning = 15;  // bytes of a key, behind its tier

// The tier and the first bytes of the key, as numbers in the same order as the bytes.
std::array<uint64_t, 2> Beginning(uint8_t tier, std::string_view key) {
  std::array<unsigned char, kBeginning + 1> bytes{tier};
  std::memcpy(bytes.data() + 1, key.data(), std::min(key.size(), kBeginning));
  std::array<uint64_t, 2> beginning{};
  for (size_t i = 0; i < bytes.size(); ++i) beginning[i / 8] = beginning[i / 8] << 8U | bytes[i];
  return beginning;
}

}  // namespace

void KeyRun::Collect(std::string_view asset_tag, std::string_view packed, bool added) {
  const std::string_view last = devices_.empty() ? std::string_view() : Tag(devices_.size() - 1);
  if (devices_.empty() || asset_tag != last) {
    ascending_ = ascending_ && asset_tag > last;
    devices_.push_back(static_cast<uint32_t>(tags_.size()));
    tags_ += asset_tag;
  }
  const auto device = static_cast<uint32_t>(devices_.size() - 1);
  KeyUnpacker unpacker(packed);
  while (const std::optional<PackedKey> key = unpacker.Next()) {
    // A key that ends in NUL has the same `beginning` as the key without it.
    const bool whole = key->key.size() <= kBeginning && !key->key.ends_with('\0');
    rows_.push_back({Beginning(key->tier, key->key), static_cast<uint32_t>(keys_.size()), device,
                     key->tier, key->field, whole, added});
    PackText(key->key, keys_);
  }
}

void KeyRun::Sort() {
  std::sort(rows_.begin(), rows_.end(), [this](const KeyRow& a, const KeyRow& b) {
    const int order = Compare(a, *this, b);
    return order != 0 ? order < 0 : a.at < b.at;
  });
}

std::string_view KeyRun::KeyOf(const KeyRow& row) const {
  std::string_view rest(keys_);
  rest.remove_prefix(row.at);
  return TakeText(rest).value_or("");
}

std::string_view KeyRun::Tag(size_t device) const {
  const size_t begin = devices_[device];
  const size_t end = device + 1 < devices_.size() ? devices_[device + 1] : tags_.size();
  return std::string_view(tags_).substr(begin, end - begin);
}

int KeyRun::Compare(const KeyRow& a, const KeyRun& other, const KeyRow& b) const {
  if (a.beginning != b.beginning) return a.beginning < b.beginning ? -1 : 1;
  if (!a.whole || !b.whole) {
    if (const int order = KeyOf(a).compare(other.KeyOf(b)); order != 0) return order;
  }
  if (this != &other || a.device != b.device) {
    if (this == &other && ascending_) return a.device < b.device ? -1 : 1;
    const int order = TagOf(a).compare(other.TagOf(b));
    if (order != 0) return order;
  }
  return int{a.field} - int{b.field};
}

}  // namespace kirikae::store
