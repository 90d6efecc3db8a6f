#include "service/api/call/position_text.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "service/absl_view.h"
#include "service/domain/errors.h"

namespace kirikae::api {

std::string JoinPosition(std::span<const std::string> parts) {
  std::string text;
  for (const std::string& part : parts) text += absl::WebSafeBase64Escape(part) + ".";
  return text;
}

absl::StatusOr<std::vector<std::string>> SplitPosition(std::string_view text, size_t count) {
  std::vector<std::string> parts;
  for (const absl::string_view escaped : absl::StrSplit(AbslView(text), '.')) {
    if (!absl::WebSafeBase64Unescape(escaped, &parts.emplace_back())) return domain::BadPageToken();
  }
  // A dot follows each part, so the last text is empty.
  if (parts.size() != count + 1) return domain::BadPageToken();
  parts.pop_back();
  return parts;
}

}  // namespace kirikae::api
