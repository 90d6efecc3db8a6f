#include "client/cli/tag.h"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <utility>

#include "client/cli/text_file.h"

namespace kirikae::cli {
namespace {

constexpr std::string_view kSpaces[] = {"\u3000", "\u00A0", "\uFEFF"};

bool IsControlOrSpace(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte <= 0x20 || byte == 0x7F;
}

std::string_view Trim(std::string_view text) {
  for (bool trimmed = true; trimmed && !text.empty();) {
    trimmed = false;
    if (IsControlOrSpace(text.front())) {
      text.remove_prefix(1);
      trimmed = true;
    } else if (IsControlOrSpace(text.back())) {
      text.remove_suffix(1);
      trimmed = true;
    }
    for (const std::string_view space : kSpaces) {
      if (text.starts_with(space)) {
        text.remove_prefix(space.size());
        trimmed = true;
      } else if (text.ends_with(space)) {
        text.remove_suffix(space.size());
        trimmed = true;
      }
    }
  }
  return text;
}

bool IsAlnum(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }

// A reader that is set to say the kind of code sends `]`, a letter and a modifier before the data.
std::string_view WithoutAimPrefix(std::string_view text) {
  constexpr size_t kLength = 3;
  const bool has_one = text.size() > kLength && text[0] == ']' &&
                       std::isalpha(static_cast<unsigned char>(text[1])) != 0 && IsAlnum(text[2]);
  return has_one ? Trim(text.substr(kLength)) : text;
}

std::string_view WithoutAsterisks(std::string_view text) {
  for (const std::string_view mark : {"*", "＊"}) {
    if (text.size() > 2 * mark.size() && text.starts_with(mark) && text.ends_with(mark)) {
      return Trim(text.substr(mark.size(), text.size() - 2 * mark.size()));
    }
  }
  return text;
}

std::string_view WithoutCollection(std::string_view text) {
  if (!text.starts_with("devices/") && !text.starts_with("rollouts/")) return text;
  constexpr std::string_view kPlacements = "/placements/";
  if (text.starts_with("devices/")) return text.substr(text.find('/') + 1);
  const size_t at = text.find(kPlacements);
  return at == std::string_view::npos ? text : text.substr(at + kPlacements.size());
}

}  // namespace

std::string TagOf(std::string_view text) {
  return std::string(WithoutCollection(WithoutAsterisks(WithoutAimPrefix(Trim(text)))));
}

std::vector<std::string> TagsOfLine(std::string_view line) {
  std::vector<std::string> tags;
  for (size_t begin = 0; begin <= line.size();) {
    const size_t end = std::min(line.find('\t', begin), line.size());
    if (std::string tag = TagOf(line.substr(begin, end - begin)); !tag.empty()) {
      tags.push_back(std::move(tag));
    }
    begin = end + 1;
  }
  return tags;
}

std::vector<std::string> ReadTags(const std::string& path) {
  std::vector<std::string> all;
  for (const std::string& line : ReadLines(path)) {
    for (std::string& tag : TagsOfLine(line)) all.push_back(std::move(tag));
  }
  return all;
}

}  // namespace kirikae::cli
