// Compares the rows of a source with the inventory, for any kind of import.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "kirikae/stored/import.pb.h"
#include "service/app/imports/import_kind.h"
#include "service/app/imports/kept_row.h"
#include "service/app/imports/merge.h"
#include "service/app/imports/preview_parts.h"
#include "service/app/imports/profiles.h"
#include "service/app/imports/row_problem.h"
#include "service/app/imports/row_source.h"
#include "service/background_task.h"
#include "service/domain/sentence.h"
#include "service/status_macros.h"
#include "service/store/store.h"
#include "service/tabular/row_reader.h"

namespace kirikae::app {

/// Number of rows that are compared at a time while the next ones are read.
inline constexpr size_t kRowsAtOnce = 500;

/// Compares one row with the record that it is about and adds it to `parts`. Returns the record, if
/// there is one.
template <typename Kind>
absl::StatusOr<std::optional<typename Kind::Record>> PreviewRow(
    const tabular::TypedRow<typename Kind::Row>& typed, store::ReadView& view,
    typename Kind::Checks& checks, PreviewParts& parts) {
  stored::ImportPartRow& row = parts.Add();
  const std::string& key = typed.value.*Kind::kKey;
  stored::ImportRow& shown = *row.mutable_shown();
  shown.set_line(static_cast<int>(typed.line));
  shown.set_key(key);
  if (!key.empty()) shown.set_record(Kind::RecordName(key));
  for (const tabular::Problem& problem : typed.problems) AddProblem(problem, shown);
  if (!typed.usable()) {
    shown.set_action(stored::IMPORT_ACTION_ERROR);
    return std::optional<typename Kind::Record>();
  }
  ASSIGN_OR_RETURN(std::optional<typename Kind::Record> found, Kind::Find(view, key));
  RETURN_IF_ERROR(checks.Check(typed.value, found.has_value() ? &*found : nullptr, shown));
  if (HasError(shown)) {
    shown.set_action(stored::IMPORT_ACTION_ERROR);
    return found;
  }
  if (!found.has_value() && Kind::kCreates) {
    shown.set_action(stored::IMPORT_ACTION_CREATE);
    SetGiven(typed.value, parts.part(), row);
    return found;
  }
  row.set_version(found->version);
  ASSIGN_OR_RETURN(const typename Kind::Record merged, Kind::Merged(*found, typed.value, view));
  Kind::AddNotes(typed.value, merged, shown);
  for (stored::ImportChange& change : Differences(*found, merged)) {
    *shown.add_changes() = std::move(change);
  }
  const bool changes = !shown.changes().empty();
  shown.set_action(changes ? stored::IMPORT_ACTION_UPDATE : stored::IMPORT_ACTION_UNCHANGED);
  if (changes) SetGiven(typed.value, parts.part(), row);
  return found;
}

/// What is known of a source once its header is read.
struct SourceForm {
  std::string encoding;
  std::string sheet;  ///< of a workbook
};

/// A reader of typed rows with the header that it was made for.
template <typename Reader>
struct BoundReader {
  tabular::Table table;
  tabular::Profile profile;
  tabular::Binding binding;
  std::optional<Reader> reader;  ///< absent until the header is read
};

/// Reads a source: makes the reader of its rows from its header, then passes each row to `take`, a
/// function of tabular::TableRow that returns a status. The rows are to be given to the reader in
/// their order; another thread may do so. Returns the form that the source was read in.
template <typename Reader, typename Take>
absl::StatusOr<SourceForm> ReadRows(const stored::ImportHeader& header, RowSource& source,
                                    store::ReadView& view, BoundReader<Reader>& bound,
                                    const Take& take) {
  ProfileChooser profiles(header, view);
  SourceForm form;
  ASSIGN_OR_RETURN(
      form.encoding,
      source.Read({
          [&](const tabular::Table& table) -> absl::Status {
            bound.table = table;
            ASSIGN_OR_RETURN(bound.profile, profiles.For(table.header));
            form.sheet = table.sheet;
            bound.binding = tabular::Bind(bound.profile, table.header);
            std::vector<tabular::Problem>& problems = bound.binding.problems;
            if (tabular::HasError(problems) && !table.other_sheets.empty()) {
              problems.push_back(tabular::SheetWasRead(table.sheet, table.other_sheets));
            }
            RETURN_IF_ERROR(CheckHeaderProblems(problems));
            bound.reader.emplace(bound.table, bound.profile, bound.binding);
            return absl::OkStatus();
          },
          [&](tabular::TableRow row) { return take(std::move(row)); },
          [&](const std::vector<std::string>& cells) { return profiles.FitOf(cells); },
      }));
  return form;
}

/// BuildPreview for a header of this kind.
template <typename Kind>
absl::StatusOr<BuiltPreview> PreviewRows(const stored::ImportHeader& header, RowSource& source,
                                         store::ReadView& view) {
  stored::ImportPreview preview;
  *preview.mutable_header() = header;
  preview.mutable_summary()->set_kind(header.kind());
  preview.mutable_summary()->set_file_name(header.file_name());
  preview.mutable_summary()->set_file_hash(source.Hash());
  PreviewParts parts(*FindImportKind(header.kind()), std::move(preview));
  typename Kind::Derived derived(view);
  typename Kind::Checks checks(view);
  BoundReader<typename Kind::Reader> bound;
  using Rows = std::vector<tabular::TypedRow<typename Kind::Row>>;
  using Cells = std::vector<tabular::TableRow>;
  const auto compare = [&](const Rows& rows) -> absl::Status {
    for (const auto& row : rows) {
      ASSIGN_OR_RETURN(const auto found, PreviewRow<Kind>(row, view, checks, parts));
      RETURN_IF_ERROR(derived.Notice(row, found));
    }
    return absl::OkStatus();
  };
  // This thread decodes the source and splits it into cells, a second one reads their values, a
  // third one compares them. After the header, only the third one uses the view.
  BackgroundTask comparing;
  const auto read = [&](const Cells& cells) -> absl::Status {
    Rows rows;
    rows.reserve(cells.size());
    for (const tabular::TableRow& row : cells) rows.push_back(bound.reader->Read(row));
    return comparing.Start([&compare, rows = std::move(rows)] { return compare(rows); });
  };
  BackgroundTask reading;  // behind what its work uses, so that it ends first
  Cells cells;
  const auto take = [&](tabular::TableRow row) -> absl::Status {
    cells.push_back(std::move(row));
    if (cells.size() < kRowsAtOnce) return absl::OkStatus();
    return reading.Start([&read, some = std::exchange(cells, Cells())] { return read(some); });
  };
  ASSIGN_OR_RETURN(const SourceForm form, ReadRows(header, source, view, bound, take));
  RETURN_IF_ERROR(reading.Wait());
  RETURN_IF_ERROR(read(cells));
  RETURN_IF_ERROR(comparing.Wait());
  parts.summary().set_encoding(form.encoding);
  parts.summary().set_sheet(form.sheet);
  RETURN_IF_ERROR(derived.AddRows(header, parts));
  return std::move(parts).Finish();
}

}  // namespace kirikae::app
