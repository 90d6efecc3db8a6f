// Reads and writes UTF-8 a code point at a time.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kirikae::text {

/// Appends the UTF-8 form of `code_point`, a scalar value (not a surrogate).
void AppendUtf8(char32_t code_point, std::string& out);

/// Reads the code point at `*position` of `text` and advances the position. Each maximal ill-formed
/// part gives one U+FFFD. Needs `*position < text.size()`.
char32_t NextCodePoint(std::string_view text, size_t* position);

/// All code points of `text`; ill-formed bytes as in NextCodePoint.
std::u32string CodePoints(std::string_view text);

/// The UTF-8 form of `code_points`.
std::string Utf8(std::u32string_view code_points);

/// Offset of the first byte that is not part of well-formed UTF-8 (RFC 3629: no surrogates, no
/// overlong forms); npos when all of `text` is well-formed.
size_t FindIllFormedUtf8(std::string_view text);

/// Whether no file can keep this code point: a control character other than tab, LF and CR, or a
/// code point that is no character (Unicode 15, 23.7).
bool IsUnwritable(char32_t code_point);

/// Whether `text` has more than `characters` code points.
bool IsLongerThan(std::string_view text, size_t characters);

/// Whether every byte of `text` is below 0x80.
bool IsAscii(std::string_view text);

/// The code point as `U+9AD9`, with at least four digits.
std::string CodePointName(char32_t code_point);

}  // namespace kirikae::text
