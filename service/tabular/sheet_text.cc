#include "service/tabular/sheet_text.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "service/text/utf8.h"

namespace kirikae::tabular {
namespace {

// XML 1.0 has no other control characters and not the last two of the plane.
bool IsLeftOut(char32_t c) {
  if (c < U' ') return c != U'\t' && c != U'\n' && c != U'\r';
  return c == 0xFFFE || c == 0xFFFF;
}

bool LooksEscaped(std::string_view text) {
  constexpr size_t kLength = 7;  // _xHHHH_
  return text.size() >= kLength && text.starts_with("_x") && text[kLength - 1] == '_' &&
         std::all_of(text.begin() + 2, text.begin() + kLength - 1,
                     [](char c) { return absl::ascii_isxdigit(static_cast<unsigned char>(c)); });
}

}  // namespace

SheetText ToSheetText(std::string_view text) {
  constexpr std::string_view kCut = "…";
  SheetText out;
  size_t length = 0;      // in UTF-16 units
  size_t end_if_cut = 0;  // of the text that leaves room for the mark
  for (size_t i = 0; i < text.size();) {
    const size_t at = i;
    const char32_t c = text::NextCodePoint(text, &i);
    if (IsLeftOut(c)) {
      out.left_out.push_back(c);
      continue;
    }
    std::string piece(text.substr(at, i - at));
    if (c == U'\r') piece = "_x000D_";
    if (c == U'_' && LooksEscaped(text.substr(at))) piece = "_x005F_";
    // The library counts the characters of escapes too.
    length += piece.size() > 4 ? piece.size() : (c > 0xFFFF ? 2 : 1);
    if (length > kLongestSheetText) {
      out.text.resize(end_if_cut);
      out.text += kCut;
      out.cut = true;
      break;
    }
    out.text += piece;
    if (length < kLongestSheetText) end_if_cut = out.text.size();
  }
  return out;
}

}  // namespace kirikae::tabular
