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

/// Separates a name's loosest key from its spelling. It sorts before every character of a key, so
/// all spellings of one name are neighbours.
inline constexpr char kSpelling = '\t';

/// All keys of a device: tag, host name, serial, and its users' numbers, names and kana (whole, and
/// each part).
std::vector<store::SearchKey> SearchKeysOf(const domain::Device& device);

/// Makes the keys of many devices. It remembers folded names, because names repeat and folding
/// takes longer than looking up. Not thread-safe.
class SearchKeyMaker {
 public:
  std::vector<store::SearchKey> KeysOf(const domain::Device& device);

 private:
  absl::flat_hash_map<std::string, std::string> key_of_name_;
};

/// An ASCII key with its bytes reversed; any other key reversed by code point.
std::string Reversed(std::string_view key);

/// The key of a name in kNameTier.
std::string NameKey(std::string_view name);

/// The parts of a name between half-width or full-width spaces.
std::vector<std::string> NameParts(std::string_view name);

}  // namespace kirikae::app
