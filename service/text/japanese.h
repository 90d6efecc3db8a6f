// The 7-bit and 8-bit encodings of JIS X 0208 other than CP932.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace kirikae::text {

/// Appends the EUC-JP text `bytes` as UTF-8 to `out`. Two-byte characters become what CP932 makes
/// of the same JIS position (so 〜 is U+FF5E); the rows of NEC and IBM are included, and the
/// user-defined rows of eucJP-ms stay unassigned. Three-byte characters are JIS X 0212. Returns the
/// offset of the first byte that is no character, npos when there is none.
size_t DecodeEucJp(std::string_view bytes, std::string& out);

/// The same for ISO-2022-JP (RFC 1468), with half-width Katakana (ESC ( I, SO and SI), JIS X 0201
/// Roman read as ASCII, JIS X 0212, and the rows of NEC and IBM (CP50221).
size_t DecodeIso2022Jp(std::string_view bytes, std::string& out);

/// Whether `bytes` has an escape sequence of ISO-2022-JP that calls a set other than ASCII, and no
/// byte from 80 on.
bool HasIso2022JpEscape(std::string_view bytes);

/// The code point of a JIS X 0208 position, row and cell from 1 to 94, as CP932 has it.
std::optional<char32_t> JisX0208(unsigned row, unsigned cell);

}  // namespace kirikae::text
