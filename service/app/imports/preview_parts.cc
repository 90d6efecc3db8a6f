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

void PreviewParts::EndPart() {
  if (part_.rows().empty()) return;
  bool problems = false;
  for (const stored::ImportPartRow& row : part_.rows()) problems = Count(row.shown()) || problems;
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
