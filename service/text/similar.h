// Finds similar names, for "did you mean".
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace kirikae::text {

/// The number of characters that must be inserted, deleted, changed or swapped with their neighbour
/// to turn `b` into `a` (optimal string alignment over code points); nullopt when it is more than
/// `limit`. Compares the texts as given: fold both first to ignore case and width.
std::optional<size_t> EditDistance(std::string_view a, std::string_view b, size_t limit);

/// The candidate nearest to `query` by the distance of their FoldSearch keys: at most `limit` away,
/// and nearer than a text with every character changed. Of several equally near ones, the first.
std::optional<std::string> Nearest(std::string_view query, std::span<const std::string> candidates,
                                   size_t limit);

}  // namespace kirikae::text
