#include "service/proof/record_keys.h"

#include <optional>
#include <utility>

namespace kirikae::proof {

std::vector<PublicKey> KeysIn(const std::vector<domain::HistoryEntry>& history) {
  std::vector<PublicKey> keys;
  for (const domain::HistoryEntry& entry : history) {
    std::optional<PublicKey> key = PublicKey::Parse(entry.change.new_value);
    if (key.has_value()) keys.push_back(*std::move(key));
  }
  return keys;
}

}  // namespace kirikae::proof
