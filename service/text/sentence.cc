#include "service/text/sentence.h"

#include <cstddef>
#include <utility>

namespace kirikae::text {

Sentence::Sentence(std::string english) : format(std::move(english)) {}

Sentence::Sentence(std::string english, std::vector<std::string> arguments)
    : format(std::move(english)), args(std::move(arguments)) {
  for (std::string& arg : args) arg = Shortened(std::move(arg));
}

std::string Shortened(std::string text, size_t most) {
  if (text.size() <= most) return text;
  size_t end = most;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  text.resize(end);
  text += "…";
  return text;
}

std::string Fill(std::string_view format, const std::vector<std::string>& args) {
  std::string filled;
  for (size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '$' || i + 1 == format.size()) {
      filled += format[i];
      continue;
    }
    const char next = format[++i];
    if (next >= '0' && next <= '9') {
      const auto index = static_cast<size_t>(next - '0');
      if (index < args.size()) filled += args[index];
    } else {
      if (next != '$') filled += '$';
      filled += next;
    }
  }
  return filled;
}

std::string Sentence::English() const { return Fill(format, args); }

}  // namespace kirikae::text
