// The difference between two texts, line by line.
#pragma once

#include <string>

namespace kirikae::cli {

/// Prints the lines that differ, with up to two lines around them, as `diff -u` does: `-` before a
/// line that goes, `+` before one that comes.
void PrintFileDifference(const std::string& before, const std::string& after);

}  // namespace kirikae::cli
