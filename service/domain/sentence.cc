#include "service/domain/sentence.h"

#include <cstddef>
#include <utility>

namespace kirikae::domain {

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

std::string Fill(const std::string& format, const std::vector<std::string>& args) {
  std::string filled;
  for (size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '$' || i + 1 == format.size()) {
      filled += format[i];
      continue;
    }
    const char next = format[++i];
    const auto index = static_cast<size_t>(next - '0');
    if (next == '$') {
      filled += '$';
    } else if (next >= '0' && next <= '9' && index < args.size()) {
      filled += args[index];
    }
  }
  return filled;
}

std::string Sentence::English() const { return Fill(format, args); }

}  // namespace kirikae::domain
