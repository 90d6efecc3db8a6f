// Converts the bytes of files to UTF-8 text and back: UTF-8, UTF-16, CP932, EUC-JP, ISO-2022-JP.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace kirikae::text {

enum class Encoding { kUtf8, kUtf16Le, kUtf16Be, kCp932, kEucJp, kIso2022Jp };

/// `UTF-8`, `UTF-16LE`, `UTF-16BE`, `CP932`, `EUC-JP` or `ISO-2022-JP`.
std::string_view EncodingName(Encoding encoding);

/// The encoding called `name`, in any case, with or without hyphens. Common aliases work too (utf8,
/// sjis, Shift_JIS, windows-31j, ms932, ujis, CP51932, jis, CP50221). InvalidArgument for any other
/// name.
absl::StatusOr<Encoding> EncodingByName(std::string_view name);

struct DecodedText {
  std::string text;  ///< well-formed UTF-8 without a byte order mark and without NUL
  Encoding encoding = Encoding::kUtf8;
  bool byte_order_mark = false;
};

enum class DecodeFaultKind {
  kNotInEncoding,
  kMixed,      ///< the text is in `encoding` up to the fault, and another one begins there
  kAmbiguous,  ///< several encodings fit, and a guess could give other text
  kNul,
};

/// Where and why decoding stopped.
struct DecodeFault {
  DecodeFaultKind kind = DecodeFaultKind::kNotInEncoding;
  size_t byte_offset = 0;  ///< 0-based, in the bytes given
  size_t line = 1;         ///< 1-based; CRLF, LF and a lone CR each end a line
  Encoding encoding = Encoding::kUtf8;
};

/// Decodes `bytes` by byte order mark (UTF-8, UTF-16LE, UTF-16BE), else by `encoding` if given,
/// else by what the bytes show (see GuessEncoding). A mark decides only between an encoding's own
/// forms when `encoding` is given. Nothing is replaced: bytes that the encoding lacks, lines in
/// another encoding, text that several encodings fit, and NUL characters give InvalidArgument with
/// byte offset and line, and fill `*fault` if it isn't null. A byte order mark of the encoding is
/// dropped, and so is ^Z at the end. CP932's user-defined characters become private-use code
/// points.
absl::StatusOr<DecodedText> Decode(std::string_view bytes,
                                   std::optional<Encoding> encoding = std::nullopt,
                                   DecodeFault* fault = nullptr);

/// A character of a text and its position.
struct CharacterAt {
  size_t byte_offset = 0;  ///< in the UTF-8 text
  char32_t code_point = 0;

  bool operator==(const CharacterAt&) const = default;
};

/// The private-use characters of `text` (U+E000–U+F8FF and planes 15 and 16). A user-defined
/// character (外字) has a meaning only on the machine that wrote it.
std::vector<CharacterAt> UserDefinedCharacters(std::string_view text);

/// A character that an encoding has in another form or not at all.
struct WrittenAs {
  size_t byte_offset = 0;  ///< in the UTF-8 text
  char32_t code_point = 0;
  char32_t written = 0;  ///< `?` where nothing stands for it

  bool operator==(const WrittenAs&) const = default;
};

/// `text` in CP932. Characters whose JIS position has two Unicode mappings are written in CP932's
/// form (〜 U+301C as U+FF5E, − U+2212 as U+FF0D, and — ‖ ¢ £ ¬ alike). A character that CP932
/// lacks is written as `?`. Both are listed in `*changed` (not null), in order.
std::string EncodeCp932(std::string_view text, std::vector<WrittenAs>* changed);

/// `text` preceded by UTF-8's byte order mark.
std::string EncodeUtf8WithMark(std::string_view text);

}  // namespace kirikae::text
