// Names that people take for one another.
#pragma once

#include <string>
#include <string_view>

namespace kirikae::text {

/// Key by which names that look alike are the same: FoldVariant, then the skeleton of Unicode
/// Technical Standard #39 (`kirikaеd` with a Cyrillic е → `kirikaed`). Never shown. Pure;
/// thread-safe.
std::string FoldConfusable(std::string_view name);

/// Whether every character of `name` can be seen, and none but single spaces inside separates: no
/// control, format, private or unassigned characters, no space at an end or beside another.
bool IsPrintableName(std::string_view name);

}  // namespace kirikae::text
