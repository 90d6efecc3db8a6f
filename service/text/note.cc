#include "service/text/note.h"

namespace kirikae::text {

std::string FillIn(std::string_view format, const std::vector<std::string>& args) {
  std::string out;
  for (size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '$' || i + 1 == format.size()) {
      out.push_back(format[i]);
      continue;
    }
    const char next = format[++i];
    if (next >= '0' && next <= '9') {
      const size_t index = static_cast<size_t>(next - '0');
      if (index < args.size()) out.append(args[index]);
    } else {
      if (next != '$') out.push_back('$');
      out.push_back(next);
    }
  }
  return out;
}

std::string English(const Note& note) { return FillIn(note.format, note.args); }

}  // namespace kirikae::text
