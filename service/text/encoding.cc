#include "service/text/encoding.h"

#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "service/text/cp932.h"
#include "service/text/encoding_guess.h"
#include "service/text/japanese.h"
#include "service/text/utf8.h"

namespace kirikae::text {
namespace {

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
constexpr std::string_view kUtf16LeMark = "\xFF\xFE";
constexpr std::string_view kUtf16BeMark = "\xFE\xFF";

std::string_view MarkOf(Encoding encoding) {
  switch (encoding) {
    case Encoding::kUtf8:
      return kUtf8Mark;
    case Encoding::kUtf16Le:
      return kUtf16LeMark;
    case Encoding::kUtf16Be:
      return kUtf16BeMark;
    case Encoding::kCp932:
    case Encoding::kEucJp:
    case Encoding::kIso2022Jp:
      return {};
  }
  return {};
}

size_t LineAtEndOf(std::string_view utf8) {
  size_t line = 1;
  for (size_t i = 0; i < utf8.size(); ++i) {
    if (utf8[i] == '\n') ++line;
    if (utf8[i] == '\r' && (i + 1 == utf8.size() || utf8[i + 1] != '\n')) ++line;
  }
  return line;
}

// Each decoder appends to `out` until the first fault and returns the fault's offset in `bytes`.
constexpr size_t kNone = std::string_view::npos;

size_t DecodeUtf8(std::string_view bytes, std::string& out) {
  const size_t bad = FindIllFormedUtf8(bytes);
  out.append(bytes.substr(0, bad));
  return bad;
}

size_t DecodeCp932(std::string_view bytes, std::string& out) {
  out.reserve(bytes.size() + bytes.size() / 2);
  for (size_t i = 0; i < bytes.size(); ++i) {
    size_t plain = i;
    while (plain < bytes.size() && static_cast<unsigned char>(bytes[plain]) < 0x80) ++plain;
    out.append(bytes, i, plain - i);
    i = plain;
    if (i == bytes.size()) break;
    const auto byte = static_cast<unsigned char>(bytes[i]);
    std::optional<char32_t> code_point = Cp932Single(byte);
    if (!code_point && i + 1 < bytes.size()) {
      code_point = Cp932Pair(byte, static_cast<unsigned char>(bytes[i + 1]));
      if (code_point) ++i;
    }
    if (!code_point) return i;
    AppendUtf8(*code_point, out);
  }
  return kNone;
}

size_t DecodeUtf16(std::string_view bytes, bool big_endian, std::string& out) {
  const auto unit = [&](size_t at) {
    const auto first = static_cast<unsigned char>(bytes[at]);
    const auto second = static_cast<unsigned char>(bytes[at + 1]);
    return static_cast<char32_t>(big_endian ? first << 8 | second : second << 8 | first);
  };
  out.reserve(bytes.size() + bytes.size() / 2);
  for (size_t i = 0; i < bytes.size(); i += 2) {
    if (i + 1 == bytes.size()) return i;
    char32_t code_point = unit(i);
    if (code_point >= 0xD800 && code_point < 0xE000) {
      if (code_point >= 0xDC00 || i + 3 >= bytes.size()) return i;
      const char32_t low = unit(i + 2);
      if (low < 0xDC00 || low > 0xDFFF) return i;
      code_point = 0x10000 + ((code_point - 0xD800) << 10) + (low - 0xDC00);
      AppendUtf8(code_point, out);
      i += 2;
      continue;
    }
    AppendUtf8(code_point, out);
  }
  return kNone;
}

size_t DecodeAs(Encoding encoding, std::string_view bytes, std::string& out) {
  switch (encoding) {
    case Encoding::kUtf8:
      return DecodeUtf8(bytes, out);
    case Encoding::kUtf16Le:
      return DecodeUtf16(bytes, false, out);
    case Encoding::kUtf16Be:
      return DecodeUtf16(bytes, true, out);
    case Encoding::kCp932:
      return DecodeCp932(bytes, out);
    case Encoding::kEucJp:
      return DecodeEucJp(bytes, out);
    case Encoding::kIso2022Jp:
      return DecodeIso2022Jp(bytes, out);
  }
  return 0;
}

std::optional<Encoding> Marked(std::string_view bytes) {
  for (const Encoding marked : {Encoding::kUtf8, Encoding::kUtf16Le, Encoding::kUtf16Be}) {
    if (bytes.starts_with(MarkOf(marked))) return marked;
  }
  return std::nullopt;
}

bool IsUtf16(Encoding encoding) {
  return encoding == Encoding::kUtf16Le || encoding == Encoding::kUtf16Be;
}

// The offset in the source of the NUL character at `offset` of the UTF-8 text.
size_t SourceOffset(Encoding encoding, std::string_view bytes, std::string_view utf8,
                    size_t offset) {
  if (!IsUtf16(encoding)) return bytes.find('\0');
  size_t source = 0;
  for (size_t i = 0; i < offset;) source += NextCodePoint(utf8, &i) > 0xFFFF ? 4 : 2;
  return source;
}

// The first byte of a line that `encoding` does not fit, though it fits the lines before. In a line
// of another encoding, that is the first byte outside ASCII.
size_t FirstForeignByte(Encoding encoding, std::string_view bytes, size_t line) {
  const std::string_view rest = bytes.substr(line);
  const std::string_view whole = rest.substr(0, rest.find_first_of("\r\n"));
  std::string read;
  const size_t bad = DecodeAs(encoding, whole, read);
  bool fits_another = false;
  for (const Encoding other : {Encoding::kUtf8, Encoding::kCp932, Encoding::kEucJp}) {
    fits_another = fits_another || (other != encoding && DecodeAs(other, whole, read) == kNone);
  }
  if (bad != kNone && !fits_another) return line + bad;
  size_t outside = 0;
  while (static_cast<unsigned char>(whole[outside]) < 0x80 && whole[outside] != '\x1B') ++outside;
  return line + outside;
}

size_t LineOf(std::string_view bytes, size_t offset) {
  return LineAtEndOf(bytes.substr(0, offset));
}

absl::Status Refuse(const DecodeFault& found, DecodeFault* fault) {
  if (fault != nullptr) *fault = found;
  const std::string_view name = EncodingName(found.encoding);
  const absl::string_view encoding(name.data(), name.size());
  if (found.kind == DecodeFaultKind::kNul) {
    return absl::InvalidArgumentError(absl::StrCat("NUL character at byte ", found.byte_offset,
                                                   " (line ", found.line, "), read as ", encoding));
  }
  if (found.kind == DecodeFaultKind::kAmbiguous) {
    return absl::InvalidArgumentError(
        absl::StrCat("the text from line ", found.line, " fits several encodings"));
  }
  return absl::InvalidArgumentError(absl::StrCat("byte ", found.byte_offset, " (line ", found.line,
                                                 ") is not a character of ", encoding));
}

std::string PlainName(std::string_view name) {
  std::string out;
  for (char c : name) {
    if (c == '-' || c == '_' || c == ' ') continue;
    out.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
  }
  return out;
}

// JIS X 0208 positions for which Windows and the JIS tables name different code points.
char32_t Cp932Form(char32_t c) {
  switch (c) {
    case 0x301C:
      return 0xFF5E;
    case 0x2212:
      return 0xFF0D;
    case 0x2014:
      return 0x2015;
    case 0x2016:
      return 0x2225;
    case 0x00A2:
      return 0xFFE0;
    case 0x00A3:
      return 0xFFE1;
    case 0x00AC:
      return 0xFFE2;
    default:
      return c;
  }
}

}  // namespace

std::string_view EncodingName(Encoding encoding) {
  switch (encoding) {
    case Encoding::kUtf8:
      return "UTF-8";
    case Encoding::kUtf16Le:
      return "UTF-16LE";
    case Encoding::kUtf16Be:
      return "UTF-16BE";
    case Encoding::kCp932:
      return "CP932";
    case Encoding::kEucJp:
      return "EUC-JP";
    case Encoding::kIso2022Jp:
      return "ISO-2022-JP";
  }
  return "";
}

absl::StatusOr<Encoding> EncodingByName(std::string_view name) {
  const std::string plain = PlainName(name);
  if (plain == "utf8" || plain == "utf8bom" || plain == "utf8sig") return Encoding::kUtf8;
  if (plain == "utf16le" || plain == "utf16") return Encoding::kUtf16Le;
  if (plain == "utf16be") return Encoding::kUtf16Be;
  for (std::string_view known :
       {"cp932", "windows31j", "ms932", "sjis", "shiftjis", "windows932"}) {
    if (plain == known) return Encoding::kCp932;
  }
  for (std::string_view known : {"eucjp", "ujis", "cp51932", "eucjpms", "eucjpwin"}) {
    if (plain == known) return Encoding::kEucJp;
  }
  for (std::string_view known : {"iso2022jp", "jis", "cp50220", "cp50221", "cp50222"}) {
    if (plain == known) return Encoding::kIso2022Jp;
  }
  return absl::InvalidArgumentError(
      absl::StrCat("no such encoding: ", absl::string_view(name.data(), name.size()),
                   " (known: UTF-8, UTF-16LE, UTF-16BE, CP932, EUC-JP, ISO-2022-JP)"));
}

absl::StatusOr<DecodedText> Decode(std::string_view bytes, std::optional<Encoding> encoding,
                                   DecodeFault* fault) {
  DecodedText out;
  const std::optional<Encoding> marked = Marked(bytes);
  DecodeFault found;
  if (marked.has_value() && (!encoding.has_value() || (IsUtf16(*encoding) && IsUtf16(*marked)))) {
    out.encoding = *marked;
  } else if (encoding.has_value()) {
    out.encoding = *encoding;
  } else {
    const EncodingGuess guess = GuessEncoding(bytes);
    if (!guess.encoding.has_value()) {
      found.kind = DecodeFaultKind::kAmbiguous;
      found.byte_offset = guess.first_line;
      found.line = LineOf(bytes, found.byte_offset);
      return Refuse(found, fault);
    }
    out.encoding = *guess.encoding;
    found.encoding = out.encoding;
    if (guess.wrong_line != kNone) {
      if (guess.wrong_line != guess.first_line) found.kind = DecodeFaultKind::kMixed;
      found.byte_offset = FirstForeignByte(out.encoding, bytes, guess.wrong_line);
      found.line = LineOf(bytes, guess.wrong_line);
      return Refuse(found, fault);
    }
  }
  found.encoding = out.encoding;
  const std::string_view mark = MarkOf(out.encoding);
  out.byte_order_mark = !mark.empty() && bytes.starts_with(mark);
  const size_t skipped = out.byte_order_mark ? mark.size() : 0;
  const size_t bad = DecodeAs(out.encoding, bytes.substr(skipped), out.text);
  const size_t nul = out.text.find('\0');
  if (nul != std::string::npos) {
    found.kind = DecodeFaultKind::kNul;
    found.byte_offset = skipped + SourceOffset(out.encoding, bytes.substr(skipped), out.text, nul);
    found.line = LineAtEndOf(std::string_view(out.text).substr(0, nul));
    return Refuse(found, fault);
  }
  if (bad != kNone) {
    found.byte_offset = skipped + bad;
    found.line = LineAtEndOf(out.text);
    return Refuse(found, fault);
  }
  // The end mark of old systems' files.
  while (out.text.ends_with('\x1A')) out.text.pop_back();
  return out;
}

std::vector<CharacterAt> UserDefinedCharacters(std::string_view text) {
  std::vector<CharacterAt> out;
  for (size_t i = 0; i < text.size();) {
    const size_t at = i;
    const char32_t c = NextCodePoint(text, &i);
    if ((c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000) out.push_back({at, c});
  }
  return out;
}

std::string EncodeCp932(std::string_view text, std::vector<WrittenAs>* changed) {
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size();) {
    const size_t at = i;
    const char32_t c = NextCodePoint(text, &i);
    const char32_t form = Cp932Form(c);
    const std::optional<uint16_t> bytes = Cp932Bytes(form);
    if (!bytes) {
      changed->push_back({at, c, U'?'});
      out.push_back('?');
      continue;
    }
    if (form != c) changed->push_back({at, c, form});
    if (*bytes > 0xFF) out.push_back(static_cast<char>(*bytes >> 8));
    out.push_back(static_cast<char>(*bytes & 0xFF));
  }
  return out;
}

std::string EncodeUtf8WithMark(std::string_view text) {
  std::string out(kUtf8Mark);
  out.append(text);
  return out;
}

}  // namespace kirikae::text
