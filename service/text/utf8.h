// Walking over UTF-8 a code point at a time.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kirikae::text {

/// Appends the UTF-8 form of `code_point`, which must be a scalar value (no surrogate).
void AppendUtf8(char32_t code_point, std::string& out);

/// Reads the code point at `*position` of `text` and moves the position past it. Ill-formed
/// bytes give U+FFFD, one for each maximal ill-formed part. Needs `*position < text.size()`.
char32_t NextCodePoint(std::string_view text, size_t* position);

/// All code points of `text`; ill-formed bytes as in NextCodePoint.
std::u32string CodePoints(std::string_view text);

/// The UTF-8 form of `code_points`.
std::string Utf8(std::u32string_view code_points);

/// Offset of the first byte that is not part of well-formed UTF-8 (RFC 3629: no surrogates,
/// no overlong forms), or npos where the whole of `text` is well formed.
size_t FindIllFormedUtf8(std::string_view text);

/// Whether every byte of `text` is below 0x80.
bool IsAscii(std::string_view text);

/// `U+9AD9`, at least four digits.
std::string CodePointName(char32_t code_point);

}  // namespace kirikae::text
