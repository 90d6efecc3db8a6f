#include "service/text/fold.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/uchar.h>

#include <algorithm>

#include "service/text/utf8.h"
#include "service/text/variants.h"

namespace kirikae::text {
namespace {

const icu::Normalizer2* Nfkc() {
  static const icu::Normalizer2* const instance = [] {
    UErrorCode status = U_ZERO_ERROR;
    return icu::Normalizer2::getNFKCInstance(status);
  }();
  return instance;
}

// NFKC_Casefold also drops default-ignorable characters, such as variation selectors.
const icu::Normalizer2* NfkcCasefold() {
  static const icu::Normalizer2* const instance = [] {
    UErrorCode status = U_ZERO_ERROR;
    return icu::Normalizer2::getNFKCCasefoldInstance(status);
  }();
  return instance;
}

std::string Normalized(const icu::Normalizer2* normalizer, std::string_view text) {
  std::string out;
  out.reserve(text.size());
  icu::StringByteSink<std::string> sink(&out);
  UErrorCode status = U_ZERO_ERROR;
  const icu::StringPiece source(text.data(), static_cast<int32_t>(text.size()));
  normalizer->normalizeUTF8(0, source, sink, nullptr, status);
  return out;
}

bool IsNfkc(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::StringPiece whole(text.data(), static_cast<int32_t>(text.size()));
  return Nfkc()->isNormalizedUTF8(whole, status) != 0;
}

bool IsAsciiSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

std::string_view TrimAscii(std::string_view text) {
  while (!text.empty() && IsAsciiSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsAsciiSpace(text.back())) text.remove_suffix(1);
  return text;
}

char UpperAscii(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
char LowerAscii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool IsAsciiAlnum(char32_t c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

bool IsHyphenLike(char32_t c) {
  return (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0x2043 || c == 0x2500 || c == 0x02D7 ||
         c == 0xFE63;
}

bool IsMiddleDot(char32_t c) {
  return c == 0x30FB || c == 0x00B7 || c == 0x2022 || c == 0x2027 || c == 0x2219 || c == 0x22C5;
}

bool IsIdeograph(char32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || c == 0x3005 ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF);
}

char32_t ToKatakana(char32_t c) {
  const bool hiragana = (c >= 0x3041 && c <= 0x3096) || c == 0x309D || c == 0x309E;
  return hiragana ? c + 0x60 : c;
}

// Small ァィゥェォッャュョヮ come one code point before their large forms; ヵ and ヶ do not.
char32_t LargeKana(char32_t c) {
  switch (c) {
    case U'ァ':
    case U'ィ':
    case U'ゥ':
    case U'ェ':
    case U'ォ':
    case U'ッ':
    case U'ャ':
    case U'ュ':
    case U'ョ':
    case U'ヮ':
      return c + 1;
    case U'ヵ':
      return U'カ';
    case U'ヶ':
      return U'ケ';
    default:
      return c;
  }
}

char32_t Voiced(char32_t c) {
  const bool can = (c >= U'カ' && c <= U'ヂ' && c % 2 == U'カ' % 2) || c == U'ツ' || c == U'テ' ||
                   c == U'ト' || (c >= U'ハ' && c <= U'ホ' && (c - U'ハ') % 3 == 0);
  return can ? c + 1 : c;
}

// `key` is a FoldSearch key.
std::string WithCommonForms(std::string key) {
  if (IsAscii(key)) return key;
  std::string out;
  out.reserve(key.size());
  for (size_t i = 0; i < key.size();) AppendUtf8(CommonForm(NextCodePoint(key, &i)), out);
  return out;
}

bool IsIteration(char32_t c) { return c == U'々' || c == U'〻' || c == U'ヽ' || c == U'ヾ'; }

}  // namespace

std::string FoldIdentifier(std::string_view text) {
  std::string out;
  if (IsAscii(text)) {
    out.assign(TrimAscii(text));
    std::transform(out.begin(), out.end(), out.begin(), UpperAscii);
    return out;
  }
  std::u32string characters = CodePoints(Normalized(Nfkc(), text));
  const size_t dropped = std::erase_if(characters, [](char32_t c) {
    return u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0;
  });
  // A mark may compose now with the letter before the dropped character.
  if (dropped > 0) characters = CodePoints(Normalized(Nfkc(), Utf8(characters)));
  size_t begin = 0;
  size_t end = characters.size();
  while (begin < end && u_isUWhiteSpace(static_cast<UChar32>(characters[begin]))) ++begin;
  while (end > begin && u_isUWhiteSpace(static_cast<UChar32>(characters[end - 1]))) --end;
  out.reserve(text.size());
  for (size_t i = begin; i < end; ++i) {
    char32_t c = characters[i];
    const bool inside = i > begin && i + 1 < end;
    if (IsHyphenLike(c) || (c == U'ー' && inside && IsAsciiAlnum(characters[i - 1]) &&
                            IsAsciiAlnum(characters[i + 1]))) {
      c = U'-';
    }
    AppendUtf8(static_cast<char32_t>(u_toupper(static_cast<UChar32>(c))), out);
  }
  return out;
}

std::string FoldSearch(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  if (IsAscii(text)) {
    for (char c : text) {
      if (!IsAsciiSpace(c)) out.push_back(LowerAscii(c));
    }
    return out;
  }
  const std::string normal = Normalized(NfkcCasefold(), text);
  bool may_compose = false;
  for (size_t i = 0; i < normal.size();) {
    const char32_t c = NextCodePoint(normal, &i);
    const bool dropped = c < 0x80 ? IsAsciiSpace(static_cast<char>(c))
                                  : IsMiddleDot(c) || u_isUWhiteSpace(static_cast<UChar32>(c));
    may_compose = may_compose || dropped || c == 0x3099 || c == 0x309A;
    if (!dropped) AppendUtf8(ToKatakana(c), out);
  }
  // A voicing mark may compose now: after a removed space, or with a letter that is now Katakana.
  if (may_compose && !IsNfkc(out)) return Normalized(Nfkc(), out);
  return out;
}

std::string FoldVariant(std::string_view text) { return WithCommonForms(FoldSearch(text)); }

std::string FoldLoose(std::string_view text) {
  const std::string key = FoldVariant(text);
  if (IsAscii(key)) return key;
  std::u32string out;
  for (char32_t c : CodePoints(key)) {
    if (c == U'ー') continue;
    if (IsIteration(c) && !out.empty()) {
      out.push_back(c == U'ヾ' ? Voiced(out.back()) : out.back());
    } else {
      out.push_back(LargeKana(c));
    }
  }
  for (size_t i = 1; i + 1 < out.size(); ++i) {
    const bool between_kanji = IsIdeograph(out[i - 1]) && IsIdeograph(out[i + 1]);
    if (between_kanji && (out[i] == U'ガ' || out[i] == U'カ')) out[i] = U'ケ';
  }
  std::string folded = Utf8(out);
  // A voicing mark may compose now: after a removed long mark, or with a letter that is now large.
  return IsNfkc(folded) ? folded : FoldLoose(folded);
}

}  // namespace kirikae::text
