#include "service/text/sound.h"

#include <unicode/uchar.h>

#include <array>
#include <cstddef>

#include "service/text/fold.h"
#include "service/text/utf8.h"

namespace kirikae::text {
namespace {

bool IsKana(char32_t c) { return c >= U'ァ' && c <= U'ヺ'; }

bool IsLongMark(char32_t c) {
  return c == U'-' || c == U'~' || c == U'\u301C' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 ||
         c == 0x2500;
}

// 0 to 4 for the vowels ア イ ウ エ オ of a large kana; 5 for any other character.
size_t VowelOf(char32_t c) {
  constexpr std::array<std::u32string_view, 5> kRows = {
      U"アカガサザタダナハバパマヤラワ", U"イキギシジチニヒビピミリ", U"ウクグスズツヌフブプムユル",
      U"エケゲセゼテデネヘベペメレ", U"オコゴソゾトドノホボポモヨロ"};
  for (size_t row = 0; row < kRows.size(); ++row) {
    if (kRows[row].find(c) != std::u32string_view::npos) return row;
  }
  return kRows.size();
}

// Whether the vowel `c` only lengthens the kana before it.
bool Lengthens(char32_t before, char32_t c) {
  constexpr std::array<std::u32string_view, 6> kLengthenedBy = {U"ア",   U"イ",   U"ウ",
                                                                U"エイ", U"オウ", U""};
  return kLengthenedBy[VowelOf(before)].find(c) != std::u32string_view::npos;
}

// The kana that sounds like this one and is written more often.
char32_t Usual(char32_t c) {
  switch (c) {
    case U'ヰ':
      return U'イ';
    case U'ヱ':
      return U'エ';
    case U'ヲ':
      return U'オ';
    case U'ヂ':
      return U'ジ';
    case U'ヅ':
      return U'ズ';
    case U'ヷ':
      return U'バ';
    case U'ヸ':
      return U'ビ';
    case U'ヹ':
      return U'ベ';
    case U'ヺ':
      return U'ボ';
    default:
      return c;
  }
}

// The kana for ヴ and a vowel; 0 where ヴ stands alone.
char32_t AfterVu(char32_t vowel) {
  switch (vowel) {
    case U'ア':
      return U'バ';
    case U'イ':
      return U'ビ';
    case U'エ':
      return U'ベ';
    case U'オ':
      return U'ボ';
    default:
      return 0;
  }
}

char32_t Unvoiced(char32_t c) {
  constexpr std::u32string_view kVoiced = U"ガギグゲゴザジズゼゾダデドバビブベボパピプペポ";
  constexpr std::u32string_view kPlain = U"カキクケコサシスセソタテトハヒフヘホハヒフヘホ";
  const size_t at = kVoiced.find(c);
  return at == std::u32string_view::npos ? c : kPlain[at];
}

bool IsLetterOrDigit(char32_t c) { return u_isalnum(static_cast<UChar32>(c)) != 0; }

}  // namespace

std::string FoldSound(std::string_view text) {
  const std::u32string loose = CodePoints(FoldLoose(text));
  std::u32string out;
  for (size_t i = 0; i < loose.size(); ++i) {
    char32_t c = Usual(loose[i]);
    if (c == U'ヴ') {
      const char32_t joined = i + 1 < loose.size() ? AfterVu(Usual(loose[i + 1])) : 0;
      c = joined == 0 ? U'ブ' : joined;
      if (joined != 0) ++i;
    }
    const bool after_kana = !out.empty() && IsKana(out.back());
    if (after_kana && (IsLongMark(c) || Lengthens(out.back(), c))) continue;
    out.push_back(c);
  }
  return Utf8(out);
}

std::string FoldUnvoiced(std::string_view text) {
  std::u32string out = CodePoints(FoldSound(text));
  for (char32_t& c : out) c = Unvoiced(c);
  return Utf8(out);
}

std::string FoldCompact(std::string_view text) {
  std::string out;
  for (const char32_t c : CodePoints(FoldIdentifier(text))) {
    if (IsLetterOrDigit(c)) AppendUtf8(c, out);
  }
  return out;
}

std::string FoldWithoutZeros(std::string_view text) {
  const std::string compact = FoldCompact(text);
  const auto is_digit = [&](size_t i) {
    return i < compact.size() && compact[i] >= '0' && compact[i] <= '9';
  };
  std::string out;
  for (size_t i = 0; i < compact.size(); ++i) {
    const bool leads =
        compact[i] == '0' && (i == 0 || out.empty() || !(out.back() >= '0' && out.back() <= '9'));
    if (leads && is_digit(i + 1)) continue;
    out += compact[i];
  }
  return out;
}

}  // namespace kirikae::text
