#include "service/text/similar.h"

#include <algorithm>
#include <vector>

#include "service/text/fold.h"
#include "service/text/utf8.h"

namespace kirikae::text {

std::optional<size_t> EditDistance(std::string_view a, std::string_view b, size_t limit) {
  const std::u32string from = CodePoints(a);
  const std::u32string to = CodePoints(b);
  const size_t gap = from.size() > to.size() ? from.size() - to.size() : to.size() - from.size();
  if (gap > limit) return std::nullopt;
  std::vector<size_t> before(to.size() + 1);
  std::vector<size_t> last(to.size() + 1);
  std::vector<size_t> row(to.size() + 1);
  for (size_t j = 0; j <= to.size(); ++j) last[j] = j;
  for (size_t i = 1; i <= from.size(); ++i) {
    row[0] = i;
    size_t least = row[0];
    for (size_t j = 1; j <= to.size(); ++j) {
      const size_t change = last[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
      row[j] = std::min({change, last[j] + 1, row[j - 1] + 1});
      if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1]) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
      least = std::min(least, row[j]);
    }
    if (least > limit) return std::nullopt;
    std::swap(before, last);
    std::swap(last, row);
  }
  if (last[to.size()] > limit) return std::nullopt;
  return last[to.size()];
}

std::optional<std::string> Nearest(std::string_view query, std::span<const std::string> candidates,
                                   size_t limit) {
  const std::string key = FoldSearch(query);
  std::optional<std::string> nearest;
  for (const std::string& candidate : candidates) {
    const std::string other = FoldSearch(candidate);
    const std::optional<size_t> distance = EditDistance(key, other, limit);
    const size_t length = std::max(CodePoints(key).size(), CodePoints(other).size());
    if (!distance || *distance >= length) continue;
    nearest = candidate;
    if (*distance == 0) break;
    limit = *distance - 1;  // only a strictly nearer one replaces it
  }
  return nearest;
}

}  // namespace kirikae::text
