#include "service/connect/base64.h"

#include "absl/strings/escaping.h"
#include "service/absl_view.h"

namespace kirikae::connect {

std::string ToBase64(std::string_view bytes) {
  std::string text = absl::Base64Escape(AbslView(bytes));
  text.erase(text.find_last_not_of('=') + 1);
  return text;
}

std::optional<std::string> FromBase64(std::string_view text) {
  std::string bytes;
  if (!absl::Base64Unescape(AbslView(text), &bytes)) return std::nullopt;
  return bytes;
}

}  // namespace kirikae::connect
