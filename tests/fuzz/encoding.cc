// Decoding of text files, in every encoding and in the one that the bytes themselves show.
#include "service/text/encoding.h"

#include <optional>
#include <string>
#include <vector>

#include "service/text/utf8.h"
#include "tests/fuzz/fuzz_target.h"

namespace kirikae::fuzz {
namespace {

void CheckDecoded(const text::DecodedText& decoded) {
  Require(text::FindIllFormedUtf8(decoded.text) == std::string_view::npos,
          "decoded text is well-formed UTF-8");
  Require(decoded.text.find('\0') == std::string::npos, "decoded text has no NUL");
  for (const text::CharacterAt& character : text::UserDefinedCharacters(decoded.text)) {
    size_t at = character.byte_offset;
    Require(at < decoded.text.size(), "a user-defined character is inside the text");
    Require(text::NextCodePoint(decoded.text, &at) == character.code_point,
            "a user-defined character stands where it is said to");
  }
  if (decoded.encoding != text::Encoding::kCp932) return;
  std::vector<text::WrittenAs> changed;
  const std::string bytes = text::EncodeCp932(decoded.text, &changed);
  Require(changed.empty(), "what CP932 decodes, it writes unchanged");
  const auto again = text::Decode(bytes, text::Encoding::kCp932);
  Require(again.ok() && again->text == decoded.text, "CP932 reads back what it writes");
}

void Decode(std::string_view bytes, std::optional<text::Encoding> encoding) {
  text::DecodeFault fault;
  const auto decoded = text::Decode(bytes, encoding, &fault);
  if (decoded.ok()) {
    // A mark decides the byte order of UTF-16.
    const bool utf16 = encoding == text::Encoding::kUtf16Le || encoding == text::Encoding::kUtf16Be;
    Require(!encoding.has_value() || utf16 || decoded->encoding == *encoding,
            "the encoding asked for");
    CheckDecoded(*decoded);
    return;
  }
  Require(fault.byte_offset < bytes.size(), "a fault is inside the bytes");
  Require(fault.line >= 1 && fault.line <= bytes.size(), "a fault's line exists");
}

}  // namespace
}  // namespace kirikae::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using kirikae::text::Encoding;
  const std::string_view bytes = kirikae::fuzz::Input(data, size);
  kirikae::fuzz::Decode(bytes, std::nullopt);
  for (const Encoding encoding :
       {Encoding::kUtf8, Encoding::kUtf16Le, Encoding::kUtf16Be, Encoding::kCp932}) {
    kirikae::fuzz::Decode(bytes, encoding);
  }
  return 0;
}
