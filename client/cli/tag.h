// Asset tags as people, lists and barcode readers give them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kirikae::cli {

/// The tag in a text: without white space and control characters at its ends, the symbology
/// identifier of a barcode reader (`]C1`, ISO/IEC 15424), the asterisks of Code 39, and a resource
/// name's collection (`devices/TSM-00123`, `rollouts/face2025/placements/TSM-00123`); "" where
/// nothing is left.
std::string TagOf(std::string_view text);

/// The tags of a line, which tabs may separate.
std::vector<std::string> TagsOfLine(std::string_view line);

/// The tags of all lines of a file, or of standard input for `-`. Throws as ReadLines does.
std::vector<std::string> ReadTags(const std::string& path);

}  // namespace kirikae::cli
