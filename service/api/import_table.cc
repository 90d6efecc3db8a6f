#include "service/api/import_table.h"

#include <optional>
#include <utility>

#include "service/domain/errors.h"
#include "service/text/encoding.h"

namespace kirikae::api {
namespace {

using domain::Sentence;

tabular::TableKind KindOf(v1::ImportKind kind) {
  switch (kind) {
    case v1::IMPORT_KIND_STAFF:
      return tabular::TableKind::kStaff;
    case v1::IMPORT_KIND_ENROLMENTS:
      return tabular::TableKind::kEnrolments;
    default:
      return tabular::TableKind::kDevices;
  }
}

}  // namespace

absl::StatusOr<ImportTable> ReadImportTable(const v1::ImportHeader& header,
                                            const std::string& content) {
  tabular::ReadOptions options;
  options.sheet = header.sheet();
  if (!header.encoding().empty()) {
    const auto encoding = text::EncodingByName(header.encoding());
    if (!encoding.ok()) {
      return domain::InvalidField(
          "header.encoding",
          Sentence("There is no encoding $0; use UTF-8, UTF-16LE, UTF-16BE or CP932.",
                   {header.encoding()}));
    }
    options.encoding = *encoding;
  }
  absl::StatusOr<tabular::Table> table = tabular::ReadTable(content, options);
  if (!table.ok()) {
    const std::optional<tabular::Problem> problem = tabular::ProblemOf(table.status());
    if (!problem.has_value()) return table.status();
    return domain::InvalidField("content", Sentence(problem->format, problem->args));
  }
  ImportTable in{*std::move(table), {}};
  const tabular::TableKind kind = KindOf(header.kind());
  if (header.profile().empty()) {
    in.profile = tabular::ChooseProfile(kind, in.table.header);
    return in;
  }
  absl::StatusOr<tabular::Profile> profile = tabular::BuiltInProfile(header.profile(), kind);
  if (!profile.ok()) {
    return domain::InvalidField(
        "header.profile",
        Sentence("There is no profile $0; use ward or generic.", {header.profile()}));
  }
  in.profile = *std::move(profile);
  return in;
}

absl::Status CheckHeaderProblems(const std::vector<tabular::Problem>& problems) {
  std::vector<domain::Violation> violations;
  for (const tabular::Problem& problem : problems) {
    if (problem.severity != tabular::Severity::kError) continue;
    violations.push_back(
        {problem.column.value_or("header"), Sentence(problem.format, problem.args)});
    if (!problem.suggestion.has_value()) continue;
    violations.push_back(
        {problem.column.value_or("header"), Sentence("Did you mean $0?", {*problem.suggestion})});
  }
  if (violations.empty()) return absl::OkStatus();
  return domain::InvalidRequest(std::move(violations));
}

}  // namespace kirikae::api
