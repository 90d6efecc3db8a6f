#include "service/api/import_preview.h"

#include <cstddef>
#include <optional>
#include <utility>

#include "service/api/authority.h"
#include "service/api/device_conversion.h"
#include "service/api/import_table.h"
#include "service/api/record_merge.h"
#include "service/api/search_keys.h"
#include "service/domain/errors.h"
#include "service/status_macros.h"

namespace kirikae::api {
namespace {

using domain::Sentence;

// How each kind of file finds, merges and writes its records.
struct DeviceKindOfImport {
  using Record = domain::Device;
  using Row = tabular::DeviceRow;
  static const std::string& Key(const Row& row) { return row.asset_tag; }
  static auto Find(store::ReadView& view, const std::string& key) { return view.FindDevice(key); }
  static auto Merged(const Record& old, const Row& row, store::ReadView& view) {
    return Merge(old, row, view);
  }
  // Said where the file's method is not taken.
  static void AddNotes(const Row& row, const Record& merged, v1::ImportRow& shown) {
    const std::string is(domain::Name(merged.auth_method));
    if (row.auth_method.value_or("").empty() || *row.auth_method == is) return;
    auto* const problem = shown.add_problems();
    problem->set_code("METHOD_SET_BY_ROLLOUT");
    problem->set_warning(true);
    ToProto(Sentence("The file says $0, but a rollout has set $1, which stays.",
                     {*row.auth_method, is}),
            problem->mutable_text());
  }
  static store::Edit ToEdit(Record record, const Record& old, absl::Time effective) {
    if (old.version == 0 || record.auth_method != old.auth_method) {
      record.auth_method_since = effective;
    }
    std::vector<store::SearchKey> keys = SearchKeysOf(record);
    return store::DeviceEdit{std::move(record), std::move(keys)};
  }
  static constexpr bool kCreates = true;
  static constexpr std::string_view kCollection = "devices/";
  static auto Count(store::ReadView& view) { return view.CountDevices(); }
};

template <typename StaffLikeRow, bool creates>
struct StaffKindOfImport {
  using Record = domain::Staff;
  using Row = StaffLikeRow;
  static const std::string& Key(const Row& row) { return row.staff_number; }
  static auto Find(store::ReadView& view, const std::string& key) { return view.FindStaff(key); }
  static absl::StatusOr<Record> Merged(const Record& old, const Row& row, store::ReadView&) {
    return Merge(old, row);
  }
  static void AddNotes(const Row&, const Record&, v1::ImportRow&) {}
  static store::Edit ToEdit(Record record, const Record&, absl::Time) { return record; }
  static constexpr bool kCreates = creates;
  static constexpr std::string_view kCollection = "staff/";
  static auto Count(store::ReadView& view) { return view.CountStaff(); }
};

void AddProblem(const tabular::Problem& problem, v1::ImportRow& row) {
  auto* const proto = row.add_problems();
  proto->set_code(problem.code);
  proto->set_warning(problem.severity == tabular::Severity::kWarning);
  proto->set_column(problem.column.value_or(""));
  proto->set_suggestion(problem.suggestion.value_or(""));
  ToProto(Sentence(problem.format, problem.args), proto->mutable_text());
}

void AddUnknownStaff(const std::string& number, v1::ImportRow& row) {
  auto* const problem = row.add_problems();
  problem->set_code("UNKNOWN_STAFF");
  ToProto(Sentence("Staff number $0 is not in the staff list. Import the staff first.", {number}),
          problem->mutable_text());
}

template <typename Kind>
absl::Status PreviewRow(const tabular::TypedRow<typename Kind::Row>& typed, store::ReadView& view,
                        stored::ImportPreview& preview) {
  const typename Kind::Row& row = typed.value;
  v1::ImportRow& shown = *preview.add_rows();
  shown.set_line(static_cast<int>(typed.line));
  shown.set_key(Kind::Key(row));
  for (const tabular::Problem& problem : typed.problems) AddProblem(problem, shown);
  preview.add_versions(0);
  if (tabular::HasError(typed.problems)) {
    shown.set_action(v1::IMPORT_ACTION_ERROR);
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(const std::optional<typename Kind::Record> found,
                   Kind::Find(view, Kind::Key(row)));
  if (!found.has_value()) {
    shown.set_action(Kind::kCreates ? v1::IMPORT_ACTION_CREATE : v1::IMPORT_ACTION_ERROR);
    if (!Kind::kCreates) AddUnknownStaff(Kind::Key(row), shown);
    return absl::OkStatus();
  }
  preview.set_versions(preview.versions_size() - 1, found->version);
  ASSIGN_OR_RETURN(const typename Kind::Record merged, Kind::Merged(*found, row, view));
  Kind::AddNotes(row, merged, shown);
  for (v1::FieldChange& change : Differences(*found, merged)) {
    *shown.add_changes() = std::move(change);
  }
  shown.set_action(shown.changes().empty() ? v1::IMPORT_ACTION_UNCHANGED
                                           : v1::IMPORT_ACTION_UPDATE);
  return absl::OkStatus();
}

void Count(stored::ImportPreview& preview) {
  v1::Import& summary = *preview.mutable_summary();
  for (const v1::ImportRow& row : preview.rows()) {
    switch (row.action()) {
      case v1::IMPORT_ACTION_CREATE:
        summary.set_creates(summary.creates() + 1);
        break;
      case v1::IMPORT_ACTION_UPDATE:
        summary.set_updates(summary.updates() + 1);
        break;
      case v1::IMPORT_ACTION_UNCHANGED:
        summary.set_unchanged(summary.unchanged() + 1);
        break;
      default:
        summary.set_errors(summary.errors() + 1);
    }
    bool warned = false;
    for (const v1::ImportProblem& problem : row.problems()) warned = warned || problem.warning();
    if (warned) summary.set_warnings(summary.warnings() + 1);
  }
}

template <typename Kind>
absl::StatusOr<stored::ImportPreview> Build(const v1::ImportHeader& header, std::string content,
                                            store::ReadView& view) {
  stored::ImportPreview preview;
  std::string encoding;
  ASSIGN_OR_RETURN(const std::vector<tabular::TypedRow<typename Kind::Row>> rows,
                   ReadImportRows<typename Kind::Row>(header, content, encoding));
  for (const auto& row : rows) RETURN_IF_ERROR(PreviewRow<Kind>(row, view, preview));
  v1::Import& summary = *preview.mutable_summary();
  summary.set_kind(header.kind());
  summary.set_file_name(header.file_name());
  summary.set_file_hash(HashHex(content));
  summary.set_encoding(encoding);
  Count(preview);
  ASSIGN_OR_RETURN(const int64_t stored, Kind::Count(view));
  summary.set_missing(static_cast<int>(stored) - summary.updates() - summary.unchanged());
  *preview.mutable_header() = header;
  preview.set_content(std::move(content));
  return preview;
}

template <typename Kind>
absl::StatusOr<std::vector<store::Edit>> Apply(const stored::ImportPreview& preview,
                                               const std::string& id, absl::Time effective,
                                               store::ReadView& view) {
  std::string encoding;
  ASSIGN_OR_RETURN(
      const std::vector<tabular::TypedRow<typename Kind::Row>> rows,
      ReadImportRows<typename Kind::Row>(preview.header(), preview.content(), encoding));
  if (rows.size() != static_cast<size_t>(preview.versions_size())) {
    return absl::DataLossError("a stored import preview does not fit its file");
  }
  std::vector<store::Edit> edits;
  std::vector<std::string> changed;
  for (size_t i = 0; i < rows.size(); ++i) {
    const std::string& key = Kind::Key(rows[i].value);
    ASSIGN_OR_RETURN(const std::optional<typename Kind::Record> found, Kind::Find(view, key));
    const int64_t version = found.has_value() ? found->version : 0;
    if (version != preview.versions(static_cast<int>(i))) {
      changed.push_back(std::string(Kind::kCollection) + key);
      continue;
    }
    if (preview.rows(static_cast<int>(i)).action() == v1::IMPORT_ACTION_UNCHANGED) continue;
    const typename Kind::Record old = found.value_or(typename Kind::Record());
    ASSIGN_OR_RETURN(typename Kind::Record record, Kind::Merged(old, rows[i].value, view));
    edits.push_back(Kind::ToEdit(std::move(record), old, effective));
  }
  if (!changed.empty()) return domain::ImportStale(id, changed);
  return edits;
}

using StaffImport = StaffKindOfImport<tabular::StaffRow, true>;
using EnrolmentImport = StaffKindOfImport<tabular::EnrolmentRow, false>;

}  // namespace

absl::StatusOr<stored::ImportPreview> BuildPreview(const v1::ImportHeader& header,
                                                   std::string content, store::ReadView& view) {
  switch (header.kind()) {
    case v1::IMPORT_KIND_STAFF:
      return Build<StaffImport>(header, std::move(content), view);
    case v1::IMPORT_KIND_ENROLMENTS:
      return Build<EnrolmentImport>(header, std::move(content), view);
    default:
      return Build<DeviceKindOfImport>(header, std::move(content), view);
  }
}

absl::StatusOr<std::vector<store::Edit>> ApplyPreview(const stored::ImportPreview& preview,
                                                      const std::string& id, absl::Time effective,
                                                      store::ReadView& view) {
  switch (preview.header().kind()) {
    case v1::IMPORT_KIND_STAFF:
      return Apply<StaffImport>(preview, id, effective, view);
    case v1::IMPORT_KIND_ENROLMENTS:
      return Apply<EnrolmentImport>(preview, id, effective, view);
    default:
      return Apply<DeviceKindOfImport>(preview, id, effective, view);
  }
}

}  // namespace kirikae::api
