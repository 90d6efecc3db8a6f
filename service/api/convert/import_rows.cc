#include "service/api/convert/import_rows.h"

#include <string>

#include "service/api/convert/records.h"
#include "service/domain/record_name.h"

namespace kirikae::api {
namespace {

void ToProto(const stored::ImportProblem& problem, v1::ImportProblem* proto) {
  proto->set_code(problem.code());
  proto->set_warning(problem.warning());
  proto->set_column(problem.column());
  proto->set_suggestion(problem.suggestion());
  if (problem.has_sentence()) {
    const auto& args = problem.sentence().args();
    api::ToProto(domain::Sentence(problem.sentence().format(), {args.begin(), args.end()}),
                 proto->mutable_text());
  } else {
    proto->mutable_text()->set_en(problem.text().en());
    proto->mutable_text()->set_ja(problem.text().ja());
  }
}

}  // namespace

stored::ImportHeader ToStored(const v1::ImportHeader& header) {
  stored::ImportHeader stored;
  stored.set_kind(header.kind());
  stored.set_file_name(header.file_name());
  stored.set_profile(header.profile());
  stored.set_encoding(header.encoding());
  stored.set_sheet(header.sheet());
  stored.set_retire_missing(header.retire_missing());
  stored.set_force(header.force());
  stored.set_accept_dates_as_text(header.accept_dates_as_text());
  return stored;
}

void ToProto(const app::StoredImport& import, v1::Import* proto) {
  const stored::ImportSummary& summary = import.preview.summary();
  proto->set_name(domain::ImportName(import.record.id));
  proto->set_kind(static_cast<v1::ImportKind>(summary.kind()));
  proto->set_file_name(summary.file_name());
  proto->set_file_hash(summary.file_hash());
  proto->set_encoding(summary.encoding());
  proto->set_creates(summary.creates());
  proto->set_updates(summary.updates());
  proto->set_unchanged(summary.unchanged());
  proto->set_errors(summary.errors());
  proto->set_warnings(summary.warnings());
  proto->set_missing(summary.missing());
  proto->set_retires(summary.retires());
  proto->set_follows(summary.follows());
  proto->set_hash(summary.hash());
  proto->set_problem_count(summary.problems());
  proto->set_sheet(summary.sheet());
  if (import.record.change_set != 0) {
    proto->set_change_set(domain::ChangeSetName(import.record.change_set));
  }
}

void ToProto(const stored::ImportRow& row, v1::ImportRow* proto) {
  proto->set_line(row.line());
  proto->set_key(row.key());
  proto->set_action(static_cast<v1::ImportAction>(row.action()));
  proto->set_record(row.record());
  for (const stored::ImportChange& change : row.changes()) {
    v1::FieldChange* const shown = proto->add_changes();
    shown->set_field(change.field());
    shown->set_old_value(change.old_value());
    shown->set_new_value(change.new_value());
  }
  for (const stored::ImportProblem& problem : row.problems()) {
    ToProto(problem, proto->add_problems());
  }
}

void ToProto(const app::ListedProfile& listed, v1::ImportProfile* proto) {
  proto->set_name(domain::ImportProfileName(listed.profile.name));
  proto->set_kind(static_cast<v1::ImportKind>(listed.profile.kind));
  proto->set_source(listed.profile.source);
  proto->set_built_in(listed.built_in);
  if (!listed.built_in) proto->set_etag(std::to_string(listed.profile.version));
}

}  // namespace kirikae::api
