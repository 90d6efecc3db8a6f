#include "service/text/utf8.h"

#include <unicode/utf8.h>

#include <cstdint>
#include <cstring>

#include "absl/strings/str_format.h"

namespace kirikae::text {

void AppendUtf8(char32_t code_point, std::string& out) {
  if (code_point < 0x80) {
    out.push_back(static_cast<char>(code_point));
    return;
  }
  char bytes[U8_MAX_LENGTH];
  int32_t length = 0;
  U8_APPEND_UNSAFE(bytes, length, static_cast<UChar32>(code_point));
  out.append(bytes, static_cast<size_t>(length));
}

char32_t NextCodePoint(std::string_view text, size_t* position) {
  const unsigned char first = static_cast<unsigned char>(text[*position]);
  if (first < 0x80) {
    ++*position;
    return first;
  }
  const char* start = text.data() + *position;
  const size_t rest = text.size() - *position;
  const int32_t limit = static_cast<int32_t>(rest < 8 ? rest : 8);
  int32_t offset = 0;
  UChar32 code_point;
  U8_NEXT(start, offset, limit, code_point);
  *position += static_cast<size_t>(offset);
  return code_point < 0 ? U'\uFFFD' : static_cast<char32_t>(code_point);
}

std::u32string CodePoints(std::string_view text) {
  std::u32string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size();) out.push_back(NextCodePoint(text, &i));
  return out;
}

std::string Utf8(std::u32string_view code_points) {
  std::string out;
  out.reserve(code_points.size() * 3);
  for (char32_t c : code_points) AppendUtf8(c, out);
  return out;
}

size_t FindIllFormedUtf8(std::string_view text) {
  size_t i = 0;
  while (i < text.size()) {
    // Reads eight ASCII bytes at a time; most of a table is digits, commas and Latin letters.
    while (text.size() - i >= 8) {
      uint64_t word;
      std::memcpy(&word, text.data() + i, 8);
      if ((word & 0x8080808080808080u) != 0) break;
      i += 8;
    }
    if (i == text.size()) break;
    const size_t start = i;
    const char* bytes = text.data() + start;
    const size_t rest = text.size() - start;
    int32_t offset = 0;
    UChar32 code_point;
    U8_NEXT(bytes, offset, static_cast<int32_t>(rest < 8 ? rest : 8), code_point);
    if (code_point < 0) return start;
    i += static_cast<size_t>(offset);
  }
  return std::string_view::npos;
}

bool IsUnwritable(char32_t code_point) {
  if (code_point < U' ') return code_point != U'\t' && code_point != U'\n' && code_point != U'\r';
  return code_point == 0x7F || (code_point >= 0xFDD0 && code_point <= 0xFDEF) ||
         (code_point & 0xFFFEU) == 0xFFFEU;
}

bool IsLongerThan(std::string_view text, size_t characters) {
  return text.size() > characters && CodePoints(text).size() > characters;
}

bool IsAscii(std::string_view text) {
  for (char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  }
  return true;
}

std::string CodePointName(char32_t code_point) {
  return absl::StrFormat("U+%04X", static_cast<uint32_t>(code_point));
}

}  // namespace kirikae::text
