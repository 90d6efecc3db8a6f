#include "client/cli/text_file.h"

#include <unicode/utf8.h>

#include <cstdint>
#include <fstream>
#include <iterator>

#include "client/cli/catalogue.h"
#include "client/cli/failure.h"

namespace kirikae::cli {

bool IsUtf8(const std::string& text) {
  const auto size = static_cast<int64_t>(text.size());
  for (int64_t at = 0; at < size;) {
    UChar32 c = 0;
    U8_NEXT(text.data(), at, size, c);
    if (c < 0) return false;
  }
  return true;
}

std::string ReadTextFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw FileUnreadable(path);
  std::string text(std::istreambuf_iterator<char>(file), {});
  const auto size = static_cast<int64_t>(text.size());
  int64_t line = 1;
  for (int64_t at = 0; at < size;) {
    UChar32 c = 0;
    U8_NEXT(text.data(), at, size, c);
    if (c == '\n') ++line;
    if (c >= 0) continue;
    const std::string number = std::to_string(line);
    throw Failure{
        .code = kRefused,
        .reason = "NOT_UTF8",
        .sentence = Tr("Line $1 of $0 is not UTF-8. Save the file as UTF-8.", {path, number}),
        .metadata = {{"file", path}, {"line", number}}};
  }
  return text;
}

}  // namespace kirikae::cli
