// The keys under which look-up finds a device.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "service/domain/records.h"
#include "service/store/store.h"

namespace kirikae::app {

/// How the key of a tier is folded.
enum SearchTier {
  kIdentifierTier = 1,  ///< text::FoldIdentifier
  kSuffixTier = 2,      ///< the same, reversed, so that the last digits are a prefix
  kNameTier = 3,        ///< text::FoldLoose, kSpelling, text::FoldSearch
};

/// Between a name's loosest key and its spelling, so that the spellings of one name stand together:
/// below every character of a key.
inline constexpr char kSpelling = '\t';

/// All keys of a device: tag, host, serial, users' numbers, names and kana (whole, and each part).
std::vector<store::SearchKey> SearchKeysOf(const domain::Device& device);

/// Makes the keys of many devices: names repeat, and folding one takes longer than looking it up.
/// Not thread-safe.
class SearchKeyMaker {
 public:
  std::vector<store::SearchKey> KeysOf(const domain::Device& device);

 private:
  absl::flat_hash_map<std::string, std::string> key_of_name_;
};

/// The bytes of an ASCII key in reverse; another key is reversed by code point.
std::string Reversed(std::string_view key);

/// The key of a name in kNameTier.
std::string NameKey(std::string_view name);

/// The parts of a name between spaces of either width.
std::vector<std::string> NameParts(std::string_view name);

}  // namespace kirikae::app
