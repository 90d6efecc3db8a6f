#include "service/app/imports/table.h"

#include <optional>
#include <utility>

#include "service/domain/errors.h"
#include "service/text/encoding.h"

namespace kirikae::app {
namespace {

using domain::Sentence;

// The profile of that name, built in or the ward's own.
absl::StatusOr<tabular::Profile> FindProfile(const std::string& name, tabular::TableKind kind,
                                             store::ReadView& view) {
  absl::StatusOr<tabular::Profile> built_in = tabular::BuiltInProfile(name, kind);
  if (built_in.ok()) return built_in;
  ASSIGN_OR_RETURN(const std::optional<domain::ImportProfile> own, view.FindImportProfile(name));
  if (!own.has_value()) {
    return domain::InvalidField(
        "header.profile",
        Sentence("There is no profile $0. List them with: kirikae import profile list", {name}));
  }
  ASSIGN_OR_RETURN(tabular::Profile profile, tabular::ParseProfile(own->source));
  if (profile.kind == kind) return profile;
  return domain::InvalidField("header.profile",
                              Sentence("The profile $0 is for another kind of file.", {name}));
}

}  // namespace

tabular::TableKind TableKindOf(v1::ImportKind kind) {
  switch (kind) {
    case v1::IMPORT_KIND_STAFF:
      return tabular::TableKind::kStaff;
    case v1::IMPORT_KIND_ENROLMENTS:
      return tabular::TableKind::kEnrolments;
    default:
      return tabular::TableKind::kDevices;
  }
}

absl::StatusOr<tabular::Profile> ProfileFor(const v1::ImportHeader& header,
                                            const std::vector<std::string>& columns,
                                            store::ReadView& view) {
  const tabular::TableKind kind = TableKindOf(header.kind());
  if (header.profile().empty()) return tabular::ChooseProfile(kind, columns);
  return FindProfile(header.profile(), kind, view);
}

absl::StatusOr<std::string> StreamImportTable(const v1::ImportHeader& header,
                                              const std::string& content,
                                              const tabular::TableSink& sink) {
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
  absl::StatusOr<tabular::Table> table = tabular::StreamTable(content, options, sink);
  if (table.ok()) return std::move(table->encoding);
  const std::optional<tabular::Problem> problem = tabular::ProblemOf(table.status());
  if (!problem.has_value()) return table.status();
  return domain::InvalidField("content", Sentence(problem->format, problem->args),
                              {{"problem", problem->code}});
}

absl::Status CheckHeaderProblems(const std::vector<tabular::Problem>& problems) {
  std::vector<domain::Violation> violations;
  std::string codes;
  for (const tabular::Problem& problem : problems) {
    if (problem.severity != tabular::Severity::kError) continue;
    codes += (codes.empty() ? "" : ",") + problem.code;
    violations.push_back(
        {problem.column.value_or("header"), Sentence(problem.format, problem.args)});
    if (!problem.suggestion.has_value()) continue;
    violations.push_back(
        {problem.column.value_or("header"), Sentence("Did you mean $0?", {*problem.suggestion})});
  }
  if (violations.empty()) return absl::OkStatus();
  return domain::InvalidRequest(std::move(violations), {{"problem", std::move(codes)}});
}

}  // namespace kirikae::app
