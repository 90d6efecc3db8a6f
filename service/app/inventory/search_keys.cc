#include "service/app/inventory/search_keys.h"

#include <functional>
#include <utility>

#include "service/text/fold.h"

namespace kirikae::app {
namespace {

constexpr size_t kMostNames = 20'000;  // remembered

class KeySet {
 public:
  // Makes the key of a name.
  using Fold = std::function<std::string(std::string_view)>;

  explicit KeySet(const Fold& fold) : fold_(fold) { keys_.reserve(kUsual); }
  // The field's name is a constant.
  void Add(std::string_view field, int tier, std::string key) {
    if (key.empty()) return;
    for (const store::SearchKey& other : keys_) {
      if (other.tier == tier && other.field == field && other.key == key) return;
    }
    keys_.push_back({field, tier, std::move(key)});
  }
  void AddIdentifier(std::string_view field, std::string_view value) {
    Add(field, kIdentifierTier, text::FoldIdentifier(value));
  }
  void AddName(std::string_view field, std::string_view value) {
    AddNamePart(field, value);
    for (const std::string& part : NameParts(value)) AddNamePart(field, part);
  }
  std::vector<store::SearchKey> Take() { return std::move(keys_); }

 private:
  static constexpr size_t kUsual = 12;

  void AddNamePart(std::string_view field, std::string_view part) {
    std::string key = fold_(part);
    if (key.front() != kSpelling) Add(field, kNameTier, std::move(key));
  }

  const Fold& fold_;
  std::vector<store::SearchKey> keys_;  // few
};

std::vector<store::SearchKey> KeysWith(const domain::Device& device, const KeySet::Fold& fold) {
  KeySet keys(fold);
  keys.AddIdentifier("asset_tag", device.asset_tag);
  keys.Add("asset_tag", kSuffixTier, Reversed(text::FoldIdentifier(device.asset_tag)));
  keys.AddIdentifier("host_name", device.host_name);
  keys.Add("host_name", kSuffixTier, Reversed(text::FoldIdentifier(device.host_name)));
  keys.AddIdentifier("serial", device.serial);
  for (const domain::DeviceUser& user : device.users) {
    keys.AddIdentifier("staff_number", user.staff_number);
    keys.AddName("name", user.name);
    keys.AddName("kana", user.kana);
  }
  return keys.Take();
}

}  // namespace

std::string Reversed(std::string_view key) {
  std::string reversed;
  size_t end = key.size();
  while (end > 0) {
    size_t begin = end - 1;
    while (begin > 0 && (static_cast<unsigned char>(key[begin]) & 0xC0U) == 0x80U) --begin;
    reversed += key.substr(begin, end - begin);
    end = begin;
  }
  return reversed;
}

std::string NameKey(std::string_view name) {
  return text::FoldLoose(name) + kSpelling + text::FoldSearch(name);
}

std::vector<std::string> NameParts(std::string_view name) {
  constexpr std::string_view kWideSpace = "\u3000";
  std::vector<std::string> parts(1);
  for (size_t i = 0; i < name.size();) {
    if (name.substr(i).starts_with(kWideSpace)) {
      parts.emplace_back();
      i += kWideSpace.size();
    } else if (name[i] == ' ') {
      parts.emplace_back();
      ++i;
    } else {
      parts.back() += name[i++];
    }
  }
  std::erase(parts, "");
  return parts;
}

std::vector<store::SearchKey> SearchKeysOf(const domain::Device& device) {
  return KeysWith(device, NameKey);
}

std::vector<store::SearchKey> SearchKeyMaker::KeysOf(const domain::Device& device) {
  return KeysWith(device, [this](std::string_view name) {
    const auto known = key_of_name_.find(absl::string_view(name.data(), name.size()));
    if (known != key_of_name_.end()) return known->second;
    if (key_of_name_.size() == kMostNames) key_of_name_.clear();
    return key_of_name_.emplace(name, NameKey(name)).first->second;
  });
}

}  // namespace kirikae::app
