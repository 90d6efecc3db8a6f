#include "service/text/cp932.h"

#include <unicode/ucnv.h>

#include <memory>
#include <vector>

namespace kirikae::text {
namespace {

// Whether `byte` begins a two-byte character of CP932 (81–9F, E0–FC).
bool IsCp932Lead(unsigned char byte) {
  return (byte >= 0x81 && byte <= 0x9F) || (byte >= 0xE0 && byte <= 0xFC);
}

constexpr int kFirstTrail = 0x40;
constexpr int kTrails = 0xFD - kFirstTrail;

struct Tables {
  std::vector<char16_t> to_unicode;    // [lead - 0x81][trail - 0x40], 0 for unassigned
  std::vector<uint16_t> from_unicode;  // BMP, 0 for unassigned
};

size_t PairIndex(unsigned char lead, unsigned char trail) {
  return static_cast<size_t>(lead - 0x81) * kTrails + static_cast<size_t>(trail - kFirstTrail);
}

// ICU's windows-31j (ibm-943_P15A-2003) agrees with Windows on two-byte characters but
// rotates the controls 1A, 1C and 7F, so single bytes never go through it.
std::unique_ptr<const Tables> BuildTables() {
  auto tables = std::make_unique<Tables>();
  tables->to_unicode.assign(static_cast<size_t>(0xFD - 0x81) * kTrails, 0);
  tables->from_unicode.assign(0x10000, 0);
  UErrorCode status = U_ZERO_ERROR;
  UConverter* converter = ucnv_open("windows-31j", &status);
  if (U_FAILURE(status)) return tables;
  ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  ucnv_setFromUCallBack(converter, UCNV_FROM_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  for (int lead = 0x81; lead <= 0xFC; ++lead) {
    if (!IsCp932Lead(static_cast<unsigned char>(lead))) continue;
    for (int trail = kFirstTrail; trail <= 0xFC; ++trail) {
      if (trail == 0x7F) continue;
      const char bytes[2] = {static_cast<char>(lead), static_cast<char>(trail)};
      UChar out[4];
      status = U_ZERO_ERROR;
      const int32_t length = ucnv_toUChars(converter, out, 4, bytes, 2, &status);
      if (U_FAILURE(status) || length != 1 || out[0] == 0xFFFD) continue;
      tables->to_unicode[PairIndex(bytes[0], bytes[1])] = out[0];
      char back[4];
      status = U_ZERO_ERROR;
      if (ucnv_fromUChars(converter, back, 4, out, 1, &status) == 2 && U_SUCCESS(status)) {
        tables->from_unicode[out[0]] = static_cast<uint16_t>(
            (static_cast<unsigned char>(back[0]) << 8) | static_cast<unsigned char>(back[1]));
      }
    }
  }
  ucnv_close(converter);
  for (char16_t c = 1; c < 0x80; ++c) tables->from_unicode[c] = c;
  for (char16_t c = 0xFF61; c <= 0xFF9F; ++c) {
    tables->from_unicode[c] = static_cast<uint16_t>(c - 0xFF61 + 0xA1);
  }
  return tables;
}

const Tables& TheTables() {
  static const Tables& tables = *BuildTables().release();
  return tables;
}

}  // namespace

std::optional<char32_t> Cp932Single(unsigned char byte) {
  if (byte < 0x80) return byte;
  if (byte >= 0xA1 && byte <= 0xDF) return U'\uFF61' + (byte - 0xA1);
  return std::nullopt;
}

std::optional<char32_t> Cp932Pair(unsigned char lead, unsigned char trail) {
  if (!IsCp932Lead(lead) || trail < kFirstTrail || trail > 0xFC) return std::nullopt;
  const char16_t code_point = TheTables().to_unicode[PairIndex(lead, trail)];
  if (code_point == 0) return std::nullopt;
  return code_point;
}

std::optional<uint16_t> Cp932Bytes(char32_t code_point) {
  if (code_point == 0) return 0;
  if (code_point > 0xFFFF) return std::nullopt;
  const uint16_t bytes = TheTables().from_unicode[code_point];
  if (bytes == 0) return std::nullopt;
  return bytes;
}

}  // namespace kirikae::text
