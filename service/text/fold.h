// Makes keys for comparing and finding text. A key is never shown, and never stored in place of the
// value.
#pragma once

#include <string>
#include <string_view>

namespace kirikae::text {

// All functions here take UTF-8 (ill-formed parts count as U+FFFD) and are pure and thread-safe.
// Each is idempotent: folding a key returns the same key.

/// Key of an identifier (asset tag, host name, serial, staff number): NFKC (full width to half),
/// upper case, without white space at the ends and without invisible characters. Characters like
/// hyphen or minus become `-`. So does a long mark ー between ASCII letters or digits, because an
/// input method turns a hyphen into it: `ＴＳＭー００１２３` → `TSM-00123`.
std::string FoldIdentifier(std::string_view text);

/// Key for finding names and free text: NFKC, case folded, Hiragana as Katakana, without
/// spaces, middle dots, variation selectors and other invisible characters.
std::string FoldSearch(std::string_view text);

/// FoldSearch, with variant kanji replaced by their common form (髙橋 → 高橋).
std::string FoldVariant(std::string_view text);

/// FoldVariant, and in addition: ヶ, ヵ and a ケ or ガ between kanji become ケ; other small kana
/// become large; long marks are removed; iteration marks are written out (佐々木 → 佐佐木).
std::string FoldLoose(std::string_view text);

}  // namespace kirikae::text
