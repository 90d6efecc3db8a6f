#include "service/domain/sentence.h"

#include <cstddef>

namespace kirikae::domain {

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
