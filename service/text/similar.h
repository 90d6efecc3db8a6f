// Near names, for "did you mean".
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace kirikae::text {

/// How many characters must be inserted, dropped, changed or swapped with their neighbour to
/// make `a` of `b` (optimal string alignment over code points), or nullopt where that is more
/// than `limit`. Compares as given: fold both first to look past case and width.
std::optional<size_t> EditDistance(std::string_view a, std::string_view b, size_t limit);

/// The candidate nearest to `query` by the distance of their FoldSearch keys, at most `limit`
/// away and nearer than every character changed; the first of equally near ones.
std::optional<std::string> Nearest(std::string_view query, std::span<const std::string> candidates,
                                   size_t limit);

}  // namespace kirikae::text
