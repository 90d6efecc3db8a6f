// The words a table may use for the closed sets of values.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "service/tabular/profile.h"

namespace kirikae::tabular {

/// Whether `canonical` (`LGWAN`) is a value of the enumerated `field`.
bool IsCanonicalValue(std::string_view field, std::string_view canonical);

/// The Japanese word for a canonical value; "" when it is none of `field`.
std::string JapaneseWord(std::string_view field, std::string_view canonical);

/// The words for the values of one enumerated field: canonical, Japanese, and the profile's.
/// Words are compared folded, without marks between their parts. Not thread-safe: it remembers
/// what it has been asked.
class Enumeration {
 public:
  /// `field` is one of kind, network, camera, auth_method, role, state.
  Enumeration(std::string_view field, const Profile& profile);

  /// The canonical value of `word` (`LGWAN系` → `LGWAN`), or nullopt.
  std::optional<std::string> Find(std::string_view word);

  /// The known word nearest to `word`, or nullopt where none is near.
  std::optional<std::string> Suggest(std::string_view word) const;

 private:
  absl::flat_hash_map<std::string, std::string> value_of_key_;
  absl::flat_hash_map<std::string, std::string> value_of_word_;
  std::vector<std::string> words_;
};

/// Whether `word` names a single factor (顔認証, パスワード, IC card), which is no method.
bool IsSingleFactor(std::string_view word);

}  // namespace kirikae::tabular
