// Keys for comparing and finding text. A key is never shown and never stored as the value.
#pragma once

#include <string>
#include <string_view>

namespace kirikae::text {

// All functions here take UTF-8 (ill-formed parts count as U+FFFD), are pure and thread-safe.
// Each is idempotent: folding a key gives the key.

/// Key of an identifier (asset tag, host name, serial, staff number): NFKC (full width to half),
/// upper case, without surrounding white space and invisible characters. Hyphen- and minus-like
/// characters become `-`, and so does a long mark ー between ASCII letters or digits, which is
/// what an input method makes of a hyphen: `ＴＳＭー００１２３` → `TSM-00123`.
std::string FoldIdentifier(std::string_view text);

/// Key for finding names and free text: NFKC, case folded, Hiragana as Katakana, without
/// spaces, middle dots, variation selectors and other invisible characters.
std::string FoldSearch(std::string_view text);

/// FoldSearch, and variant kanji in their common form (髙橋 → 高橋).
std::string FoldVariant(std::string_view text);

/// FoldVariant, and further: ヶ, ヵ and a ケ or ガ between kanji as ケ; other small kana as large
/// ones; long marks removed; iteration marks written out (佐々木 → 佐佐木).
std::string FoldLoose(std::string_view text);

}  // namespace kirikae::text
