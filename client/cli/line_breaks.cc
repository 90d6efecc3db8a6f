#include "client/cli/line_breaks.h"

#include <unilbrk.h>
#include <unistr.h>
#include <uniwidth.h>

#include <algorithm>
#include <cstdint>
#include <utility>

namespace kirikae::cli {
namespace {

const uint8_t* Bytes(std::string_view text) {
  return reinterpret_cast<const uint8_t*>(text.data());
}

// The length in bytes of as much as fits, at least one character.
size_t Fitting(std::string_view text, int width) {
  size_t at = 0;
  int taken = 0;
  while (at < text.size()) {
    ucs4_t c = 0;
    const int length = u8_mbtouc(&c, Bytes(text) + at, text.size() - at);
    const int more = std::max(0, uc_width(c, "UTF-8"));
    if (at > 0 && taken + more > width) break;
    taken += more;
    at += static_cast<size_t>(length);
  }
  return at;
}

std::string WithoutEndSpaces(std::string text) {
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

}  // namespace

int DisplayWidth(std::string_view text) { return u8_width(Bytes(text), text.size(), "UTF-8"); }

std::vector<std::string> UnbrokenParts(const std::string& text) {
  std::vector<char> breaks(text.size());
  u8_possible_linebreaks(Bytes(text), text.size(), "UTF-8", breaks.data());
  std::vector<std::string> parts(1);
  for (size_t i = 0; i < text.size(); ++i) {
    const bool may_end = breaks[i] == UC_BREAK_POSSIBLE || breaks[i] == UC_BREAK_MANDATORY;
    if (may_end && i > 0 && text[i - 1] != '-') parts.emplace_back();
    parts.back() += text[i];
  }
  return parts;
}

std::vector<std::string> BrokenLines(const std::string& text, int width) {
  if (DisplayWidth(text) <= width) return {text};
  std::vector<std::string> lines;
  std::string line;
  for (const std::string& part : UnbrokenParts(text)) {
    if (!line.empty() && DisplayWidth(line) + DisplayWidth(WithoutEndSpaces(part)) > width) {
      lines.push_back(WithoutEndSpaces(std::exchange(line, "")));
    }
    line += part;
    while (DisplayWidth(WithoutEndSpaces(line)) > width) {
      const size_t length = Fitting(line, width);
      lines.push_back(line.substr(0, length));
      line.erase(0, length);
    }
  }
  line = WithoutEndSpaces(std::move(line));
  if (!line.empty()) lines.push_back(std::move(line));
  return lines;
}

}  // namespace kirikae::cli
