#include "service/domain/record_fields.h"

#include "absl/strings/str_split.h"
#include "service/absl_view.h"
#include "service/domain/fields/value_text.h"

namespace kirikae::domain {

std::string PackException(const std::optional<MethodException>& exception) {
  if (!exception.has_value()) return "";
  return std::string(Name(exception->method)) + "\t" + InstantText(exception->from) + "\t" +
         InstantText(exception->until) + "\t" + exception->granted_by + "\t" + exception->reason;
}

std::optional<MethodException> UnpackException(std::string_view text) {
  const std::vector<std::string> parts = absl::StrSplit(AbslView(text), absl::MaxSplits('\t', 4));
  if (parts.size() != 5) return std::nullopt;
  MethodException exception;
  const std::optional<AuthMethod> method = FromName<AuthMethod>(parts[0]);
  if (!method.has_value() || !ReadInstant(parts[1], exception.from) ||
      !ReadInstant(parts[2], exception.until)) {
    return std::nullopt;
  }
  exception.method = *method;
  exception.granted_by = parts[3];
  exception.reason = parts[4];
  return exception;
}

std::string FieldText(const Fields& fields, std::string_view field) {
  for (const auto& [name, text] : fields) {
    if (name == field) return text;
  }
  return "";
}

}  // namespace kirikae::domain
