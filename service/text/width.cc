#include "service/text/width.h"

#include <unicode/uchar.h>

#include "service/text/utf8.h"

namespace kirikae::text {
namespace {

size_t WidthOf(char32_t c) {
  if (c < 0x300) return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD ? 0 : 1;
  const auto code_point = static_cast<UChar32>(c);
  const int8_t type = u_charType(code_point);
  if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR ||
      type == U_CONTROL_CHAR) {
    return 0;
  }
  const int32_t width = u_getIntPropertyValue(code_point, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_FULLWIDTH || width == U_EA_WIDE ? 2 : 1;
}

std::string Spaces(std::string_view text, size_t width) {
  const size_t used = DisplayWidth(text);
  return std::string(used < width ? width - used : 0, ' ');
}

}  // namespace

size_t DisplayWidth(std::string_view text) {
  size_t width = 0;
  for (size_t i = 0; i < text.size();) width += WidthOf(NextCodePoint(text, &i));
  return width;
}

std::string PadRight(std::string_view text, size_t width) {
  return std::string(text) + Spaces(text, width);
}

std::string PadLeft(std::string_view text, size_t width) {
  return Spaces(text, width) + std::string(text);
}

std::string Shorten(std::string_view text, size_t width) {
  if (DisplayWidth(text) <= width) return std::string(text);
  if (width == 0) return "";
  size_t used = 1;  // the ellipsis
  size_t end = 0;
  for (size_t i = 0; i < text.size();) {
    used += WidthOf(NextCodePoint(text, &i));
    if (used > width) break;
    end = i;
  }
  return std::string(text.substr(0, end)) + "…";
}

}  // namespace kirikae::text
