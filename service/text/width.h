// How wide text is on a terminal or in a fixed-pitch table.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace kirikae::text {

/// Columns that UTF-8 `text` takes: 2 for East Asian wide and full-width characters, 0 for
/// combining and invisible ones and controls, else 1 (ambiguous ones too).
size_t DisplayWidth(std::string_view text);

/// `text` with spaces after it up to `width` columns; unchanged where it is as wide or wider.
std::string PadRight(std::string_view text, size_t width);

/// `text` with spaces before it up to `width` columns; unchanged where it is as wide or wider.
std::string PadLeft(std::string_view text, size_t width);

/// `text` where it fits into `width` columns, else as much of it as fits with `…` after it.
std::string Shorten(std::string_view text, size_t width);

}  // namespace kirikae::text
