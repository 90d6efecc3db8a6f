#include "service/app/imports/preview.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "service/api/convert/records.h"
#include "service/app/hash.h"
#include "service/app/imports/aside.h"
#include "service/app/imports/kept_row.h"
#include "service/app/imports/kinds.h"
#include "service/app/imports/personnel_move.h"
#include "service/app/imports/table.h"
#include "service/app/inventory/device_source.h"
#include "service/domain/device_rules.h"
#include "service/domain/errors.h"
#include "service/domain/record_name.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

using domain::Sentence;

constexpr size_t kRowsAtOnce = 500;  // compared beside the reading

// Gathers the rows of a preview in parts, and counts them.
class Parts {
 public:
  explicit Parts(BuiltPreview& built) : built_(built) {}

  // The next row, to be filled before the next call.
  stored::ImportPartRow& Add() {
    if (part_.rows_size() == kRowsOfAPart) End();
    return *part_.add_rows();
  }

  // Ends the last part.
  void End() {
    if (part_.rows().empty()) return;
    bool problems = false;
    for (const stored::ImportPartRow& row : part_.rows()) problems = Count(row.shown()) || problems;
    stored::ImportPreview& preview = built_.preview;
    if (problems) preview.add_parts_with_problems(preview.parts());
    preview.set_parts(preview.parts() + 1);
    built_.parts.push_back(part_.SerializeAsString());
    v1::Import& summary = *preview.mutable_summary();
    summary.set_hash(HashOfParts(summary.hash(), built_.parts.back()));
    part_.Clear();
  }

 private:
  // Whether the row has a problem or is none of the file's.
  bool Count(const v1::ImportRow& row) {
    v1::Import& summary = *built_.preview.mutable_summary();
    if (IsSideRow(summary.kind(), row)) {
      CountSide(row, summary);
      return true;
    }
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
    const bool warned =
        std::any_of(row.problems().begin(), row.problems().end(),
                    [](const v1::ImportProblem& problem) { return problem.warning(); });
    if (warned) summary.set_warnings(summary.warnings() + 1);
    return !row.problems().empty();
  }

  static void CountSide(const v1::ImportRow& row, v1::Import& summary) {
    if (row.action() == v1::IMPORT_ACTION_UPDATE) {
      summary.set_follows(summary.follows() + 1);
      return;
    }
    summary.set_missing(summary.missing() + 1);
    if (row.action() == v1::IMPORT_ACTION_RETIRE) summary.set_retires(summary.retires() + 1);
  }

  BuiltPreview& built_;
  stored::ImportPart part_;
};

// What a list of devices means for others: devices in use that no row names.
class MissingDevices {
 public:
  explicit MissingDevices(store::ReadView& view) : view_(view) {}

  absl::Status See(const tabular::TypedRow<tabular::DeviceRow>& row,
                   const std::optional<domain::Device>& found) {
    // A row that makes a device names none that is there; one that can't be used still may.
    if (found.has_value() || !row.usable()) named_.insert(row.value.asset_tag);
    return absl::OkStatus();
  }

  absl::Status AddRows(const v1::ImportHeader& header, v1::Import&, Parts& parts) {
    int64_t in_use = 0;
    int64_t missing = 0;
    DeviceSource source(view_, "", std::nullopt);
    while (true) {
      ASSIGN_OR_RETURN(const std::vector<domain::Device> batch, source.Next());
      if (batch.empty()) break;
      for (const domain::Device& device : batch) {
        if (device.state != domain::DeviceState::kActive) continue;
        ++in_use;
        if (named_.contains(device.asset_tag)) continue;
        ++missing;
        stored::ImportPartRow& row = parts.Add();
        row.mutable_shown()->set_key(device.asset_tag);
        row.mutable_shown()->set_record(domain::DeviceName(device.asset_tag));
        row.mutable_shown()->set_action(header.retire_missing() ? v1::IMPORT_ACTION_RETIRE
                                                                : v1::IMPORT_ACTION_MISSING);
        row.set_version(device.version);
      }
    }
    if (header.retire_missing() && !header.force() && !domain::MayRetireMissing(missing, in_use)) {
      return domain::TooManyMissing(missing, in_use);
    }
    return absl::OkStatus();
  }

 private:
  store::ReadView& view_;
  absl::flat_hash_set<std::string> named_;
};

// What a list of staff means for others: the devices of those who move.
class MovingDevices {
 public:
  explicit MovingDevices(store::ReadView& view) : view_(view), moves_(view) {}

  template <typename Row>
  absl::Status See(const tabular::TypedRow<Row>& row, const std::optional<domain::Staff>& found) {
    if (!found.has_value()) return absl::OkStatus();
    ++named_;
    return moves_.Take(*found, Merge(*found, row.value), DevicesOf(row.value), row.line);
  }

  absl::Status AddRows(const v1::ImportHeader&, v1::Import& summary, Parts& parts) {
    for (const auto& [tag, moved] : moves_.devices()) {
      stored::ImportPartRow& row = parts.Add();
      v1::ImportRow& shown = *row.mutable_shown();
      shown.set_line(static_cast<int>(moved.line));
      shown.set_key(tag);
      shown.set_record(domain::DeviceName(tag));
      shown.set_action(v1::IMPORT_ACTION_UPDATE);
      for (v1::FieldChange& change : Differences(moved.before, moved.after)) {
        *shown.add_changes() = std::move(change);
      }
      row.set_version(moved.before.version);
    }
    ASSIGN_OR_RETURN(const int64_t stored, view_.CountStaff());
    summary.set_missing(static_cast<int>(stored - named_));
    return absl::OkStatus();
  }

 private:
  store::ReadView& view_;
  PersonnelMoves moves_;
  int64_t named_ = 0;
};

MissingDevices SideOf(const DeviceImport&, store::ReadView& view) { return MissingDevices(view); }
template <typename Row, typename Reader, bool creates>
MovingDevices SideOf(const StaffLikeImport<Row, Reader, creates>&, store::ReadView& view) {
  return MovingDevices(view);
}

void AddProblem(const tabular::Problem& problem, v1::ImportRow& row) {
  auto* const proto = row.add_problems();
  proto->set_code(problem.code);
  proto->set_warning(problem.severity == tabular::Severity::kWarning);
  proto->set_column(problem.column.value_or(""));
  proto->set_suggestion(problem.suggestion.value_or(""));
  api::ToProto(Sentence(problem.format, problem.args), proto->mutable_text());
}

void AddUnknownStaff(const std::string& number, v1::ImportRow& row) {
  auto* const problem = row.add_problems();
  problem->set_code("UNKNOWN_STAFF");
  api::ToProto(
      Sentence("Staff number $0 is not in the staff list. Import the staff first.", {number}),
      problem->mutable_text());
}

// Compares one row with the record that it is about; gives the record.
template <typename Kind>
absl::StatusOr<std::optional<typename Kind::Record>> PreviewRow(
    const tabular::TypedRow<typename Kind::Row>& typed, store::ReadView& view,
    stored::ImportPartRow& row) {
  const std::string& key = Kind::Key(typed.value);
  v1::ImportRow& shown = *row.mutable_shown();
  shown.set_line(static_cast<int>(typed.line));
  shown.set_key(key);
  if (!key.empty()) shown.set_record(std::string(Kind::kCollection) + key);
  for (const tabular::Problem& problem : typed.problems) AddProblem(problem, shown);
  if (tabular::HasError(typed.problems)) {
    shown.set_action(v1::IMPORT_ACTION_ERROR);
    return std::optional<typename Kind::Record>();
  }
  ASSIGN_OR_RETURN(std::optional<typename Kind::Record> found, Kind::Find(view, key));
  if (!found.has_value()) {
    shown.set_action(Kind::kCreates ? v1::IMPORT_ACTION_CREATE : v1::IMPORT_ACTION_ERROR);
    if (Kind::kCreates) SetGiven(typed.value, row);
    if (!Kind::kCreates) AddUnknownStaff(key, shown);
    return found;
  }
  row.set_version(found->version);
  ASSIGN_OR_RETURN(const typename Kind::Record merged, Kind::Merged(*found, typed.value, view));
  Kind::AddNotes(typed.value, merged, shown);
  for (v1::FieldChange& change : Differences(*found, merged)) {
    *shown.add_changes() = std::move(change);
  }
  shown.set_action(shown.changes().empty() ? v1::IMPORT_ACTION_UNCHANGED
                                           : v1::IMPORT_ACTION_UPDATE);
  if (!shown.changes().empty()) SetGiven(typed.value, row);
  return found;
}

template <typename Kind>
absl::StatusOr<BuiltPreview> Build(const v1::ImportHeader& header, const std::string& content,
                                   store::ReadView& view) {
  BuiltPreview built;
  v1::Import& summary = *built.preview.mutable_summary();
  summary.set_kind(header.kind());
  summary.set_file_name(header.file_name());
  summary.set_file_hash(HashHex(content));
  *built.preview.mutable_header() = header;
  Parts parts(built);
  auto side = SideOf(Kind(), view);
  using Rows = std::vector<tabular::TypedRow<typename Kind::Row>>;
  const auto compare = [&](const Rows& rows) -> absl::Status {
    for (const auto& row : rows) {
      ASSIGN_OR_RETURN(const auto found, PreviewRow<Kind>(row, view, parts.Add()));
      RETURN_IF_ERROR(side.See(row, found));
    }
    return absl::OkStatus();
  };
  // While rows are compared, the next are read; from the header on, only the comparing uses the
  // view.
  Aside aside;
  Rows rows;
  const auto take = [&](tabular::TypedRow<typename Kind::Row> row) -> absl::Status {
    rows.push_back(std::move(row));
    if (rows.size() < kRowsAtOnce) return absl::OkStatus();
    return aside.Start([&compare, some = std::exchange(rows, Rows())] { return compare(some); });
  };
  ASSIGN_OR_RETURN(*summary.mutable_encoding(),
                   ReadImportRows<typename Kind::Reader>(header, content, view, take));
  RETURN_IF_ERROR(aside.Wait());
  RETURN_IF_ERROR(compare(rows));
  RETURN_IF_ERROR(side.AddRows(header, summary, parts));
  parts.End();
  return built;
}

}  // namespace

absl::StatusOr<BuiltPreview> BuildPreview(const v1::ImportHeader& header,
                                          const std::string& content, store::ReadView& view) {
  switch (header.kind()) {
    case v1::IMPORT_KIND_STAFF:
      return Build<StaffImport>(header, content, view);
    case v1::IMPORT_KIND_ENROLMENTS:
      return Build<EnrolmentImport>(header, content, view);
    default:
      return Build<DeviceImport>(header, content, view);
  }
}

std::string HashOfParts(const std::string& before, const std::string& part) {
  return HashHex(before + part);
}

}  // namespace kirikae::app
