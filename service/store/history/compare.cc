#include "service/store/history/compare.h"

#include <cstddef>
#include <string_view>

#include "service/store/history/packed_changes.h"

namespace kirikae::store {

int64_t PackDifferences(const Fields* before, const Fields& now, std::string& packed) {
  int64_t count = 0;
  if (before == nullptr) {
    Pack({"exists", "", "true"}, packed);
    ++count;
  }
  for (size_t i = 0; i < now.size(); ++i) {
    const auto& [field, text] = now[i];
    const std::string_view was = before == nullptr ? std::string_view() : (*before)[i].second;
    if (was == text) continue;
    Pack({field, was, text}, packed);
    ++count;
  }
  return count;
}

int64_t PackEnd(const Fields& before, std::string& packed) {
  int64_t count = 1;
  for (const auto& [field, text] : before) {
    if (text.empty()) continue;
    Pack({field, text, ""}, packed);
    ++count;
  }
  Pack({"exists", "true", ""}, packed);
  return count;
}

}  // namespace kirikae::store
