#include "service/app/imports/preview_parts.h"

#include <algorithm>

#include "service/app/hash.h"

namespace kirikae::app {
namespace {

void CountDerived(const stored::ImportRow& row, stored::ImportSummary& summary) {
  if (row.action() == stored::IMPORT_ACTION_UPDATE) {
    summary.set_follows(summary.follows() + 1);
    return;
  }
  summary.set_missing(summary.missing() + 1);
  if (row.action() == stored::IMPORT_ACTION_RETIRE) summary.set_retires(summary.retires() + 1);
}

}  // namespace

bool PreviewParts::Count(const stored::ImportRow& row) {
  stored::ImportSummary& summary = *built_.preview.mutable_summary();
  if (IsDerivedRow(kind_, row)) {
    CountDerived(row, summary);
    return true;
  }
  switch (row.action()) {
    case stored::IMPORT_ACTION_CREATE:
      summary.set_creates(summary.creates() + 1);
      break;
    case stored::IMPORT_ACTION_UPDATE:
      summary.set_updates(summary.updates() + 1);
      break;
    case stored::IMPORT_ACTION_UNCHANGED:
      summary.set_unchanged(summary.unchanged() + 1);
      break;
    default:
      summary.set_errors(summary.errors() + 1);
  }
  const bool warned =
      std::any_of(row.problems().begin(), row.problems().end(),
                  [](const stored::ImportProblem& problem) { return problem.warning(); });
  if (warned) summary.set_warnings(summary.warnings() + 1);
  return !row.problems().empty();
}

void PreviewParts::KeepProblems(stored::ImportRow& row) {
  stored::ImportSummary& summary = *built_.preview.mutable_summary();
  summary.set_problems(summary.problems() + row.problems_size());
  if (summary.problems() > kMostProblems) row.clear_problems();
}

void PreviewParts::EndPart() {
  if (part_.rows().empty()) return;
  bool problems = false;
  for (stored::ImportPartRow& row : *part_.mutable_rows()) {
    const bool counts = Count(row.shown());
    KeepProblems(*row.mutable_shown());
    problems = problems ||
               (counts && (!row.shown().problems().empty() || IsDerivedRow(kind_, row.shown())));
  }
  stored::ImportPreview& preview = built_.preview;
  if (problems) preview.add_parts_with_problems(preview.parts());
  preview.set_parts(preview.parts() + 1);
  built_.parts.push_back(part_.SerializeAsString());
  summary().set_hash(HashOfParts(summary().hash(), built_.parts.back()));
  part_.Clear();
}

BuiltPreview PreviewParts::Finish() && {
  EndPart();
  return std::move(built_);
}

std::string HashOfParts(const std::string& before, const std::string& part) {
  return HashHex(before + part);
}

}  // namespace kirikae::app
