#include "service/domain/errors.h"

#include <utility>

#include "service/domain/record_name.h"

namespace kirikae::domain {
namespace {

using absl::StatusCode;

std::string S(std::string_view text) { return std::string(text); }

}  // namespace

absl::Status ImportNotFound(int64_t id) {
  const std::string number = std::to_string(id);
  return MakeMissing("IMPORT_NOT_FOUND", Sentence("There is no import preview $0.", {number}),
                     ImportName(id), {{"import", number}});
}

absl::Status ImportExpired(int64_t id) {
  const std::string number = std::to_string(id);
  return MakeError(StatusCode::kFailedPrecondition, "IMPORT_EXPIRED",
                   Sentence("Import preview $0 has expired: a preview is kept for a day, and one "
                            "person's last five. Preview the file again.",
                            {number}),
                   {{"import", number}});
}

absl::Status ImportProfileNotFound(std::string_view name) {
  return MakeMissing(
      "IMPORT_PROFILE_NOT_FOUND",
      Sentence("There is no profile $0. List them with: kirikae import profile list", {S(name)}),
      ImportProfileName(name), {{"profile", S(name)}});
}

absl::Status ImportHasErrors(std::string_view id, int errors) {
  const std::string count = std::to_string(errors);
  return MakeError(StatusCode::kFailedPrecondition, "IMPORT_HAS_ERRORS",
                   Sentence("Import $0 has $1 row(s) with errors and can't be applied. Correct the "
                            "file and preview it again.",
                            {S(id), count}),
                   {{"import", S(id)}, {"count", count}});
}

absl::Status ImportStale(std::string_view id, const std::vector<std::string>& changed) {
  const std::string count = std::to_string(changed.size());
  ErrorDetail detail{
      .reason = "IMPORT_STALE",
      .sentence = Sentence("$1 record(s) changed since import $0 was previewed. Preview the file "
                           "again.",
                           {S(id), count}),
      .metadata = {{"import", S(id)}, {"count", count}, {"changed", Names(changed)}},
      .violations = {},
      .resource = {}};
  for (const std::string& record : changed) {
    detail.violations.push_back({record, Sentence("It changed since the preview.")});
  }
  return MakeError(StatusCode::kAborted, std::move(detail));
}

absl::Status TooManyMissing(int64_t missing, int64_t in_use) {
  const std::string lacking = std::to_string(missing);
  const std::string all = std::to_string(in_use);
  return MakeError(
      StatusCode::kFailedPrecondition, "TOO_MANY_MISSING",
      Sentence("$0 of $1 devices in use are not in the file, more than 10 %: it may be cut "
               "short. Preview it without retiring, or force it.",
               {lacking, all}),
      {{"missing", lacking}, {"in_use", all}});
}

absl::Status PreviewOfAnother(int64_t import) {
  return MakeError(StatusCode::kPermissionDenied, "PREVIEW_OF_ANOTHER",
                   Sentence("This preview of a personnel list is for who made it, for planners and "
                            "for auditors until it is applied."),
                   {{"import", std::to_string(import)}});
}

}  // namespace kirikae::domain
