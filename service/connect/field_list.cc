#include "service/connect/field_list.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "service/absl_view.h"

namespace kirikae::connect {

std::vector<std::string> PartsOf(std::string_view text, char separator) {
  std::vector<std::string> parts = absl::StrSplit(AbslView(text), separator);
  for (std::string& part : parts) absl::StripAsciiWhitespace(&part);
  return parts;
}

}  // namespace kirikae::connect
