#include "service/api/import_preview.h"

#include <cstddef>
#include <optional>
#include <utility>

#include "service/api/authority.h"
#include "service/api/device_conversion.h"
#include "service/api/device_source.h"
#include "service/api/import_table.h"
#include "service/api/personnel_move.h"
#include "service/api/record_merge.h"
#include "service/api/search_keys.h"
#include "service/domain/device_rules.h"
#include "service/domain/errors.h"
#include "service/status_macros.h"

namespace kirikae::api {
namespace {

using domain::Sentence;

// What applying a preview makes: edits, or the records that changed since.
struct Applied {
  std::vector<store::Edit> edits;
  std::vector<std::string> changed;
};

// How each kind of file finds, merges and writes its records, and what it means for others.
struct DeviceKindOfImport {
  using Record = domain::Device;
  using Row = tabular::DeviceRow;
  using TypedRows = std::vector<tabular::TypedRow<Row>>;
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

  // Devices in use that no row names.
  static absl::Status AddSideRows(const v1::ImportHeader& header, const TypedRows& rows,
                                  store::ReadView& view, stored::ImportPreview& preview) {
    std::set<std::string> named;
    for (const auto& row : rows) named.insert(Key(row.value));
    int64_t in_use = 0;
    int64_t missing = 0;
    DeviceSource source(view, "", std::nullopt);
    while (true) {
      ASSIGN_OR_RETURN(const std::vector<domain::Device> batch, source.Next());
      if (batch.empty()) break;
      for (const domain::Device& device : batch) {
        if (device.state != domain::DeviceState::kActive) continue;
        ++in_use;
        if (named.contains(device.asset_tag)) continue;
        ++missing;
        v1::ImportRow& shown = *preview.add_rows();
        shown.set_key(device.asset_tag);
        shown.set_record("devices/" + device.asset_tag);
        shown.set_action(header.retire_missing() ? v1::IMPORT_ACTION_RETIRE
                                                 : v1::IMPORT_ACTION_MISSING);
        preview.add_versions(device.version);
      }
    }
    if (header.retire_missing() && !header.force() && !domain::MayRetireMissing(missing, in_use)) {
      return domain::TooManyMissing(missing, in_use);
    }
    return absl::OkStatus();
  }

  // Retires what the preview says, as far as nobody has touched it since.
  static absl::Status ApplySideRows(const stored::ImportPreview& preview, const TypedRows& rows,
                                    absl::Time, store::ReadView& view, Applied& applied) {
    for (auto i = static_cast<int>(rows.size()); i < preview.rows_size(); ++i) {
      if (preview.rows(i).action() != v1::IMPORT_ACTION_RETIRE) continue;
      ASSIGN_OR_RETURN(std::optional<domain::Device> device,
                       view.FindDevice(preview.rows(i).key()));
      if (!device.has_value() || device->version != preview.versions(i)) {
        applied.changed.push_back(preview.rows(i).record());
        continue;
      }
      domain::Retire(*device);
      applied.edits.emplace_back(store::DeviceEdit{*std::move(device), {}});
    }
    return absl::OkStatus();
  }
};

template <typename StaffLikeRow, bool creates>
struct StaffKindOfImport {
  using Record = domain::Staff;
  using Row = StaffLikeRow;
  using TypedRows = std::vector<tabular::TypedRow<Row>>;
  static const std::string& Key(const Row& row) { return row.staff_number; }
  static auto Find(store::ReadView& view, const std::string& key) { return view.FindStaff(key); }
  static absl::StatusOr<Record> Merged(const Record& old, const Row& row, store::ReadView&) {
    return Merge(old, row);
  }
  static void AddNotes(const Row&, const Record&, v1::ImportRow&) {}
  static store::Edit ToEdit(Record record, const Record&, absl::Time) { return record; }
  static constexpr bool kCreates = creates;
  static constexpr std::string_view kCollection = "staff/";

  // The devices of those who move; the same rows over the same records give the same.
  static absl::StatusOr<PersonnelMoves> MovesOf(const TypedRows& rows, store::ReadView& view) {
    PersonnelMoves moves(view);
    for (const auto& row : rows) {
      if (tabular::HasError(row.problems)) continue;
      ASSIGN_OR_RETURN(const std::optional<Record> old, Find(view, Key(row.value)));
      if (!old.has_value()) continue;
      RETURN_IF_ERROR(moves.Take(*old, Merge(*old, row.value), DevicesOf(row.value), row.line));
    }
    return moves;
  }

  static absl::Status AddSideRows(const v1::ImportHeader&, const TypedRows& rows,
                                  store::ReadView& view, stored::ImportPreview& preview) {
    ASSIGN_OR_RETURN(const PersonnelMoves moves, MovesOf(rows, view));
    v1::Import& summary = *preview.mutable_summary();
    for (const auto& [tag, moved] : moves.devices()) {
      v1::ImportRow& shown = *preview.add_rows();
      shown.set_line(static_cast<int>(moved.line));
      shown.set_key(tag);
      shown.set_record("devices/" + tag);
      shown.set_action(v1::IMPORT_ACTION_UPDATE);
      for (v1::FieldChange& change : Differences(moved.before, moved.after)) {
        *shown.add_changes() = std::move(change);
      }
      preview.add_versions(moved.before.version);
      summary.set_follows(summary.follows() + 1);
    }
    ASSIGN_OR_RETURN(const int64_t stored, view.CountStaff());
    int64_t named = 0;
    for (size_t i = 0; i < rows.size(); ++i) {
      named += preview.versions(static_cast<int>(i)) != 0 ? 1 : 0;
    }
    summary.set_missing(static_cast<int>(stored - named));
    return absl::OkStatus();
  }

  static absl::Status ApplySideRows(const stored::ImportPreview& preview, const TypedRows& rows,
                                    absl::Time, store::ReadView& view, Applied& applied) {
    ASSIGN_OR_RETURN(const PersonnelMoves moves, MovesOf(rows, view));
    auto i = static_cast<int>(rows.size());
    for (const auto& [tag, moved] : moves.devices()) {
      const bool same = i < preview.rows_size() && preview.rows(i).key() == tag &&
                        preview.versions(i) == moved.before.version;
      ++i;
      if (!same) {
        applied.changed.push_back("devices/" + tag);
        continue;
      }
      std::vector<store::SearchKey> keys = SearchKeysOf(moved.after);
      applied.edits.emplace_back(store::DeviceEdit{moved.after, std::move(keys)});
    }
    return absl::OkStatus();
  }

 private:
  static std::string DevicesOf(const tabular::StaffRow& row) { return row.devices.value_or(""); }
  static std::string DevicesOf(const tabular::EnrolmentRow&) { return ""; }
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
  if (!shown.key().empty()) shown.set_record(std::string(Kind::kCollection) + shown.key());
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

// Counts the rows behind the file's own.
void CountMissing(stored::ImportPreview& preview, int from) {
  v1::Import& summary = *preview.mutable_summary();
  for (int i = from; i < preview.rows_size(); ++i) {
    const v1::ImportAction action = preview.rows(i).action();
    if (action == v1::IMPORT_ACTION_RETIRE) summary.set_retires(summary.retires() + 1);
    if (action == v1::IMPORT_ACTION_RETIRE || action == v1::IMPORT_ACTION_MISSING) {
      summary.set_missing(summary.missing() + 1);
    }
  }
}

std::string HashOf(const stored::ImportPreview& preview) {
  std::string all;
  for (int i = 0; i < preview.rows_size(); ++i) {
    all = HashHex(all + preview.rows(i).SerializeAsString() + "\n" +
                  std::to_string(preview.versions(i)));
  }
  return all;
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
                   ReadImportRows<typename Kind::Row>(header, content, view, encoding));
  for (const auto& row : rows) RETURN_IF_ERROR(PreviewRow<Kind>(row, view, preview));
  v1::Import& summary = *preview.mutable_summary();
  summary.set_kind(header.kind());
  summary.set_file_name(header.file_name());
  summary.set_file_hash(HashHex(content));
  summary.set_encoding(encoding);
  Count(preview);
  const int own_rows = preview.rows_size();
  RETURN_IF_ERROR(Kind::AddSideRows(header, rows, view, preview));
  CountMissing(preview, own_rows);
  summary.set_hash(HashOf(preview));
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
      ReadImportRows<typename Kind::Row>(preview.header(), preview.content(), view, encoding));
  if (rows.size() > static_cast<size_t>(preview.versions_size())) {
    return absl::DataLossError("a stored import preview does not fit its file");
  }
  Applied applied;
  for (size_t i = 0; i < rows.size(); ++i) {
    const std::string& key = Kind::Key(rows[i].value);
    ASSIGN_OR_RETURN(const std::optional<typename Kind::Record> found, Kind::Find(view, key));
    const int64_t version = found.has_value() ? found->version : 0;
    if (version != preview.versions(static_cast<int>(i))) {
      applied.changed.push_back(std::string(Kind::kCollection) + key);
      continue;
    }
    if (preview.rows(static_cast<int>(i)).action() == v1::IMPORT_ACTION_UNCHANGED) continue;
    const typename Kind::Record old = found.value_or(typename Kind::Record());
    ASSIGN_OR_RETURN(typename Kind::Record record, Kind::Merged(old, rows[i].value, view));
    applied.edits.push_back(Kind::ToEdit(std::move(record), old, effective));
  }
  RETURN_IF_ERROR(Kind::ApplySideRows(preview, rows, effective, view, applied));
  if (!applied.changed.empty()) return domain::ImportStale(id, applied.changed);
  return std::move(applied.edits);
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
