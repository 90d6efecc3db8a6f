#include "service/text/japanese.h"

#include <unicode/ucnv.h>

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "service/text/cp932.h"
#include "service/text/utf8.h"

namespace kirikae::text {
namespace {

constexpr size_t kNone = std::string_view::npos;
constexpr unsigned kCells = 94;

// JIS X 0212 from ICU's EUC-JP, 0 for unassigned.
std::unique_ptr<const std::vector<char16_t>> BuildJisX0212() {
  auto table = std::make_unique<std::vector<char16_t>>(size_t{kCells} * kCells, u'\0');
  UErrorCode status = U_ZERO_ERROR;
  UConverter* const converter = ucnv_open("EUC-JP", &status);
  if (U_FAILURE(status)) return table;
  ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  for (unsigned row = 1; row <= kCells; ++row) {
    for (unsigned cell = 1; cell <= kCells; ++cell) {
      const std::array<char, 3> bytes = {'\x8F', static_cast<char>(0xA0 + row),
                                         static_cast<char>(0xA0 + cell)};
      std::array<UChar, 4> out{};
      status = U_ZERO_ERROR;
      const int32_t length = ucnv_toUChars(converter, out.data(), 4, bytes.data(), 3, &status);
      const bool assigned = U_SUCCESS(status) && length == 1 && out[0] != 0xFFFD &&
                            (out[0] < 0xE000 || out[0] > 0xF8FF);
      if (assigned) (*table)[(row - 1) * kCells + cell - 1] = out[0];
    }
  }
  ucnv_close(converter);
  return table;
}

std::optional<char32_t> JisX0212(unsigned row, unsigned cell) {
  static const std::vector<char16_t>& table = *BuildJisX0212().release();
  const char16_t code_point = table[(row - 1) * kCells + cell - 1];
  if (code_point == 0) return std::nullopt;
  return code_point;
}

// The row or cell of a byte of a 94-character set that starts at `first`; 0 when it is none.
unsigned Position(std::string_view bytes, size_t at, unsigned first) {
  if (at >= bytes.size()) return 0;
  const unsigned byte = static_cast<unsigned char>(bytes[at]);
  return byte >= first && byte < first + kCells ? byte - first + 1 : 0;
}

constexpr unsigned kEucFirst = 0xA1;
constexpr unsigned kJisFirst = 0x21;

// What the bytes of an ISO-2022-JP text mean.
enum class Set { kAscii, kRoman, kKana, kJisX0208, kJisX0212 };

struct Escape {
  std::string_view sequence;
  Set set;
};

constexpr std::array kEscapes = {
    Escape{"\x1B(B", Set::kAscii},     Escape{"\x1B(J", Set::kRoman},
    Escape{"\x1B(I", Set::kKana},      Escape{"\x1B$@", Set::kJisX0208},
    Escape{"\x1B$B", Set::kJisX0208},  Escape{"\x1B$(D", Set::kJisX0212},
    Escape{"\x1B$(@", Set::kJisX0208}, Escape{"\x1B$(B", Set::kJisX0208},
};

const Escape* EscapeAt(std::string_view bytes, size_t at) {
  for (const Escape& escape : kEscapes) {
    if (bytes.substr(at).starts_with(escape.sequence)) return &escape;
  }
  return nullptr;
}

// Reads an ISO-2022-JP text from left to right.
class Iso2022JpReader {
 public:
  Iso2022JpReader(std::string_view bytes, std::string& out) : bytes_(bytes), out_(out) {}

  size_t Read() {
    while (at_ < bytes_.size()) {
      if (!TakeControl() && !TakeCharacter()) return at_;
    }
    return kNone;
  }

 private:
  // An escape sequence, a shift, or a line end, which calls ASCII back.
  bool TakeControl() {
    const char c = bytes_[at_];
    if (const Escape* const escape = c == '\x1B' ? EscapeAt(bytes_, at_) : nullptr) {
      set_ = escape->set;
      at_ += escape->sequence.size();
      return true;
    }
    if (c == '\x0E' || c == '\x0F') {
      set_ = c == '\x0E' ? Set::kKana : Set::kAscii;
    } else if (c == '\n' || c == '\r') {
      set_ = Set::kAscii;
      out_.push_back(c);
    } else {
      return false;
    }
    ++at_;
    return true;
  }

  bool TakeCharacter() {
    const auto byte = static_cast<unsigned char>(bytes_[at_]);
    if (byte >= 0x80 || byte == 0x1B) return false;
    if (set_ == Set::kAscii || set_ == Set::kRoman || byte <= ' ' || byte == 0x7F) {
      out_.push_back(static_cast<char>(byte));
      ++at_;
      return true;
    }
    if (set_ == Set::kKana) {
      if (byte > 0x5F) return false;
      AppendUtf8(U'\uFF61' + (byte - kJisFirst), out_);
      ++at_;
      return true;
    }
    const unsigned row = Position(bytes_, at_, kJisFirst);
    const unsigned cell = Position(bytes_, at_ + 1, kJisFirst);
    if (row == 0 || cell == 0) return false;
    const auto code_point = set_ == Set::kJisX0208 ? JisX0208(row, cell) : JisX0212(row, cell);
    if (!code_point.has_value()) return false;
    AppendUtf8(*code_point, out_);
    at_ += 2;
    return true;
  }

  const std::string_view bytes_;
  std::string& out_;
  size_t at_ = 0;
  Set set_ = Set::kAscii;
};

}  // namespace

std::optional<char32_t> JisX0208(unsigned row, unsigned cell) {
  // Two rows share a lead byte of CP932; its trail bytes leave out 7F.
  const unsigned lead = (row - 1) / 2 + (row <= 62 ? 0x81 : 0xC1);
  const unsigned trail = row % 2 == 0 ? cell + 0x9E : cell + (cell < 64 ? 0x3F : 0x40);
  const auto code_point =
      Cp932Pair(static_cast<unsigned char>(lead), static_cast<unsigned char>(trail));
  return code_point;
}

size_t DecodeEucJp(std::string_view bytes, std::string& out) {
  constexpr char kSingleShift2 = '\x8E';
  constexpr char kSingleShift3 = '\x8F';
  out.reserve(bytes.size() + bytes.size() / 2);
  for (size_t i = 0; i < bytes.size();) {
    if (static_cast<unsigned char>(bytes[i]) < 0x80) {
      out.push_back(bytes[i++]);
      continue;
    }
    const bool kana = bytes[i] == kSingleShift2;
    const bool supplement = bytes[i] == kSingleShift3;
    const size_t begin = i + (kana || supplement ? 1 : 0);
    const unsigned first = Position(bytes, begin, kEucFirst);
    std::optional<char32_t> code_point;
    size_t length = 2;
    if (kana) {
      if (first >= 1 && first <= 63) code_point = U'\uFF61' + (first - 1);
    } else {
      const unsigned second = Position(bytes, begin + 1, kEucFirst);
      length = supplement ? 3 : 2;
      if (first != 0 && second != 0) {
        code_point = supplement ? JisX0212(first, second) : JisX0208(first, second);
      }
    }
    if (!code_point.has_value()) return i;
    AppendUtf8(*code_point, out);
    i += length;
  }
  return kNone;
}

size_t DecodeIso2022Jp(std::string_view bytes, std::string& out) {
  out.reserve(bytes.size() + bytes.size() / 2);
  return Iso2022JpReader(bytes, out).Read();
}

bool HasIso2022JpEscape(std::string_view bytes) {
  bool escape = false;
  for (size_t i = 0; i < bytes.size(); ++i) {
    if (static_cast<unsigned char>(bytes[i]) >= 0x80) return false;
    if (bytes[i] != '\x1B' || escape) continue;
    const Escape* const found = EscapeAt(bytes, i);
    escape = found != nullptr && found->set != Set::kAscii;
  }
  return escape;
}

}  // namespace kirikae::text
