// The tables of CP932 (windows-31j), built once from ICU's converter.
#pragma once

#include <cstdint>
#include <optional>

namespace kirikae::text {

/// The code point of a one-byte CP932 character; nullopt when the byte is none. 00–7F are ASCII,
/// A1–DF half-width Katakana.
std::optional<char32_t> Cp932Single(unsigned char byte);

/// The code point of a two-byte CP932 character; nullopt when none is assigned. NEC and IBM
/// extensions are included; the user-defined rows F040–F9FC give U+E000–U+E757.
std::optional<char32_t> Cp932Pair(unsigned char lead, unsigned char trail);

/// `code_point` in CP932: one byte (below 0x100) or two (lead byte in the high byte); nullopt when
/// CP932 lacks it. When a character has two forms (NEC-selected and IBM extensions), the IBM form,
/// as Windows writes it.
std::optional<uint16_t> Cp932Bytes(char32_t code_point);

}  // namespace kirikae::text
