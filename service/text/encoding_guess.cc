#include "service/text/encoding_guess.h"

#include <algorithm>
#include <string>

#include "service/text/cp932.h"
#include "service/text/japanese.h"
#include "service/text/utf8.h"

namespace kirikae::text {
namespace {

constexpr size_t kNone = std::string_view::npos;

unsigned char Byte(std::string_view bytes, size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}

// How often each byte order has ASCII characters.
struct AsciiUnits {
  size_t separators = 0;  // of lines and cells
  size_t all = 0;

  void Take(char c) {
    constexpr std::string_view kSeparators = "\r\n\t,;\"";
    if (static_cast<unsigned char>(c) >= 0x80) return;
    ++all;
    separators += kSeparators.find(c) == kNone ? 0 : 1;
  }
};

// UTF-16 without a mark: every second byte of an ASCII character is NUL, always on one side. On the
// other side NUL is in the full-width space and in characters that no Japanese text has.
std::optional<Encoding> GuessUtf16(std::string_view bytes) {
  if (bytes.size() % 2 != 0) return std::nullopt;
  AsciiUnits little;
  AsciiUnits big;
  for (size_t i = 0; i < bytes.size(); i += 2) {
    if (bytes[i] == '\0' && bytes[i + 1] == '\0') return std::nullopt;
    if (bytes[i + 1] == '\0') little.Take(bytes[i]);
    if (bytes[i] == '\0') big.Take(bytes[i + 1]);
  }
  // Few NUL among other characters are a fault of another encoding.
  const size_t most = std::max(little.all, big.all);
  if (most < 2 || most * 16 < bytes.size()) return std::nullopt;
  if (little.separators > 0 && big.separators == 0) return Encoding::kUtf16Le;
  if (big.separators > 0 && little.separators == 0) return Encoding::kUtf16Be;
  constexpr size_t kClear = 8;
  if (little.all > big.all * kClear) return Encoding::kUtf16Le;
  if (big.all > little.all * kClear) return Encoding::kUtf16Be;
  return std::nullopt;
}

// How the bytes A1 to DF outside other characters read as half-width Katakana.
class KanaReader {
 public:
  // Takes a byte of a run of Katakana; `begins` is whether it is the run's first.
  void Take(unsigned char byte, bool begins) {
    ++count_;
    const bool voiced = byte == 0xDE || byte == 0xDF;
    const bool may_be_voiced = byte == 0xDE
                                   ? (before_ == 0xB3 || (before_ >= 0xB6 && before_ <= 0xC4) ||
                                      (before_ >= 0xCA && before_ <= 0xCE))
                                   : (before_ >= 0xCA && before_ <= 0xCE);
    const bool small = byte >= 0xA7 && byte <= 0xB0;
    if (voiced && (begins || !may_be_voiced)) reads_ = false;
    if (small && begins) reads_ = false;
    // ｡｢｣､ and ｦ are rare in names and words.
    if (byte <= 0xA4 || byte == 0xA6) ++marks_;
    before_ = byte;
  }
  size_t count() const { return count_; }
  bool reads() const { return reads_ && marks_ * 4 <= count_; }

 private:
  size_t count_ = 0;
  size_t marks_ = 0;
  bool reads_ = true;
  unsigned char before_ = 0;
};

struct LineAsCp932 {
  bool fits = false;
  size_t pairs = 0;    // two-byte characters
  size_t foreign = 0;  // of these, ones that EUC-JP has no bytes for
  size_t kana = 0;
  bool kana_reads = false;
};

LineAsCp932 ReadAsCp932(std::string_view line) {
  LineAsCp932 out;
  KanaReader kana;
  bool in_run = false;
  for (size_t i = 0; i < line.size(); ++i) {
    const unsigned char byte = Byte(line, i);
    if (byte < 0x80) {
      in_run = false;
    } else if (Cp932Single(byte).has_value()) {
      kana.Take(byte, !in_run);
      in_run = true;
    } else if (i + 1 < line.size() && Cp932Pair(byte, Byte(line, i + 1)).has_value()) {
      ++out.pairs;
      if (byte < 0xA1 || Byte(line, i + 1) < 0xA1) ++out.foreign;
      in_run = false;
      ++i;
    } else {
      return out;
    }
  }
  out.kana = kana.count();
  out.kana_reads = kana.reads();
  out.fits = true;
  return out;
}

struct LineAsEuc {
  bool fits = false;
  size_t characters = 0;  // outside ASCII
  size_t rare = 0;        // of these, ones beyond level 1 of JIS X 0208
  size_t vendor = 0;      // of these, ones beyond JIS X 0208
};

LineAsEuc ReadAsEuc(std::string_view line) {
  LineAsEuc out;
  std::string text;
  if (DecodeEucJp(line, text) != kNone) return out;
  out.fits = true;
  for (size_t i = 0; i < line.size(); ++i) {
    const unsigned char byte = Byte(line, i);
    if (byte < 0x80) continue;
    ++out.characters;
    if (byte == 0x8F || byte > 0xCF || (byte > 0xA8 && byte < 0xB0)) ++out.rare;
    if (byte > 0xF4) ++out.vendor;
    i += byte == 0x8F ? 2 : 1;
  }
  return out;
}

struct LineAsUtf8 {
  bool fits = false;
  size_t long_characters = 0;  // of three bytes and more
};

LineAsUtf8 ReadAsUtf8(std::string_view line) {
  LineAsUtf8 out;
  if (FindIllFormedUtf8(line) != kNone) return out;
  out.fits = true;
  for (const char c : line) out.long_characters += static_cast<unsigned char>(c) >= 0xE0 ? 1 : 0;
  return out;
}

// The encodings that fit all lines so far, and what speaks for them.
class Candidates {
 public:
  // Whether an encoding is left after the line; leaves them as they were when none is.
  bool Take(std::string_view line) {
    const LineAsUtf8 as_utf8 = ReadAsUtf8(line);
    const LineAsCp932 as_cp932 = ReadAsCp932(line);
    LineAsEuc as_euc = ReadAsEuc(line);
    // The same bytes are common in CP932, such as those of 髙.
    if (as_euc.vendor > 0 && as_cp932.fits) as_euc.fits = false;
    // Other encodings hardly ever give two well-formed long characters and no ill-formed one.
    const bool surely_utf8 = as_utf8.fits && as_utf8.long_characters >= 2;
    // CP932's own bytes, and kana that read like a word, are hardly ever EUC-JP; other kana beside
    // kanji that EUC-JP has bytes for are hardly ever CP932.
    const bool like_euc = as_euc.fits && as_euc.rare * 4 <= as_euc.characters;
    const bool one_kind = as_cp932.pairs == 0 ? as_cp932.kana_reads : as_cp932.kana == 0;
    const bool like_cp932 = as_cp932.fits && (as_cp932.foreign > 0 || one_kind || !like_euc);
    const bool utf8 = utf8_ && as_utf8.fits;
    const bool cp932 = cp932_ && like_cp932 && !surely_utf8;
    const bool euc = euc_ && as_euc.fits && !surely_utf8;
    if (!utf8 && !cp932 && !euc) return false;
    utf8_ = utf8;
    cp932_ = cp932;
    euc_ = euc;
    seen_ = true;
    long_characters_ += as_utf8.long_characters;
    euc_characters_ += as_euc.characters;
    euc_rare_ += as_euc.rare;
    kana_ += as_cp932.kana;
    pairs_ += as_cp932.pairs;
    return true;
  }

  // The likeliest of those left; unset when a guess could be wrong.
  std::optional<Encoding> Likeliest() const {
    const bool euc_reads = euc_rare_ * 6 <= euc_characters_;
    if (utf8_) {
      // Two-byte characters alone (µ, Cyrillic) may be half-width Katakana of CP932.
      if (seen_ && cp932_ && long_characters_ == 0) return std::nullopt;
      return Encoding::kUtf8;
    }
    if (cp932_ && !euc_) return Encoding::kCp932;
    if (euc_ && !cp932_) return euc_reads ? std::optional(Encoding::kEucJp) : std::nullopt;
    // Both read. Japanese in EUC-JP has few rare characters; kana taken for it have many.
    constexpr size_t kEnough = 8;
    if (euc_reads || pairs_ > 0 || kana_ < kEnough) return std::nullopt;
    return Encoding::kCp932;
  }

  // The one to name for a line that none fits: the one of the lines before, or else the one that
  // reads furthest.
  Encoding Named(std::string_view line) const {
    if (seen_) {
      if (utf8_) return Encoding::kUtf8;
      return cp932_ ? Encoding::kCp932 : Encoding::kEucJp;
    }
    Encoding furthest = Encoding::kUtf8;
    size_t read = 0;
    for (const Encoding encoding : {Encoding::kUtf8, Encoding::kCp932, Encoding::kEucJp}) {
      DecodeFault fault;
      const size_t end = Decode(line, encoding, &fault).ok() ? line.size() : fault.byte_offset;
      if (end > read) furthest = encoding;
      read = std::max(read, end);
    }
    return furthest;
  }

 private:
  bool utf8_ = true;
  bool cp932_ = true;
  bool euc_ = true;
  bool seen_ = false;  // a line outside ASCII
  size_t long_characters_ = 0;
  size_t euc_characters_ = 0;
  size_t euc_rare_ = 0;
  size_t kana_ = 0;
  size_t pairs_ = 0;
};

}  // namespace

EncodingGuess GuessEncoding(std::string_view bytes) {
  EncodingGuess guess;
  if (bytes.find('\0') != kNone) {
    guess.encoding = GuessUtf16(bytes).value_or(
        FindIllFormedUtf8(bytes) == kNone ? Encoding::kUtf8 : Encoding::kCp932);
    return guess;
  }
  if (HasIso2022JpEscape(bytes)) {
    guess.encoding = Encoding::kIso2022Jp;
    return guess;
  }
  Candidates candidates;
  bool escapes = false;
  for (size_t begin = 0; begin < bytes.size();) {
    const size_t end = std::min(bytes.find_first_of("\r\n", begin), bytes.size());
    const std::string_view line = bytes.substr(begin, end - begin);
    const bool escape = line.find('\x1B') != kNone && HasIso2022JpEscape(line);
    if (escape || !IsAscii(line)) {
      const bool other = guess.first_line != kNone && escape != escapes;
      if (guess.first_line == kNone) guess.first_line = begin;
      if (other || (!escape && !candidates.Take(line))) {
        guess.encoding = escapes ? Encoding::kIso2022Jp : candidates.Named(line);
        guess.wrong_line = begin;
        return guess;
      }
      escapes = escape;
    }
    begin = end + 1;
  }
  guess.encoding = candidates.Likeliest();
  return guess;
}

}  // namespace kirikae::text
