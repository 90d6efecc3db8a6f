#include "service/domain/certificate_subject.h"

namespace kirikae::domain {
namespace {

constexpr int kBeyondAscii = 0x80;

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::string ReadableSubject(std::string_view subject) {
  std::string readable;
  for (size_t i = 0; i < subject.size(); ++i) {
    if (subject[i] == '\\' && i + 2 < subject.size()) {
      const int high = HexDigit(subject[i + 1]);
      const int low = HexDigit(subject[i + 2]);
      if (high >= 0 && low >= 0 && high * 16 + low >= kBeyondAscii) {
        readable += static_cast<char>(high * 16 + low);
        i += 2;
        continue;
      }
      // An escaped character, which may be a backslash itself.
      readable += subject[i++];
    }
    readable += subject[i];
  }
  return readable;
}

}  // namespace kirikae::domain
