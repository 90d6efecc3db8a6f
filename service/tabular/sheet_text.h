// Texts as the cells of a workbook can hold them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kirikae::tabular {

/// Most characters of a cell, in UTF-16 units.
inline constexpr size_t kLongestSheetText = 32767;

struct SheetText {
  std::string text;                ///< escaped as ECMA-376 part 1, 22.9.2.19 says
  std::vector<char32_t> left_out;  ///< characters that no sheet can hold, in order
  bool cut = false;                ///< the text was too long: its end is `…`
};

/// `text` for a cell. Carriage returns and what looks like an escape are escaped, so that they come
/// back as they were.
SheetText ToSheetText(std::string_view text);

}  // namespace kirikae::tabular
