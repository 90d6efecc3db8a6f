#include "service/connect/content_type.h"

#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "service/absl_view.h"
#include "service/connect/field_list.h"

namespace kirikae::connect {
namespace {

constexpr std::string_view kJson = "application/json";
constexpr std::string_view kProto = "application/proto";
constexpr std::string_view kStreamJson = "application/connect+json";
constexpr std::string_view kStreamProto = "application/connect+proto";

bool IsUtf8(std::string_view parameter) {
  return parameter == "charset=utf-8" || parameter == "charset=\"utf-8\"" || parameter.empty();
}

}  // namespace

std::optional<Form> FormOf(std::string_view content_type) {
  const std::vector<std::string> parts =
      PartsOf(absl::AsciiStrToLower(AbslView(content_type)), ';');
  for (size_t i = 1; i < parts.size(); ++i) {
    if (!IsUtf8(parts[i])) return std::nullopt;
  }
  const std::string& type = parts[0];
  if (type == kJson) return Form{Codec::kJson, false};
  if (type == kProto) return Form{Codec::kProto, false};
  if (type == kStreamJson) return Form{Codec::kJson, true};
  if (type == kStreamProto) return Form{Codec::kProto, true};
  return std::nullopt;
}

std::string_view ContentType(Form form) {
  if (form.stream) return form.codec == Codec::kJson ? kStreamJson : kStreamProto;
  return form.codec == Codec::kJson ? kJson : kProto;
}

std::string_view ContentTypes(bool stream) {
  return stream ? "application/connect+json, application/connect+proto"
                : "application/json, application/proto";
}

}  // namespace kirikae::connect
