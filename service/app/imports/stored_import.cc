#include "service/app/imports/stored_import.h"

#include <algorithm>
#include <utility>

#include "service/app/imports/import_kind.h"
#include "service/app/imports/store_preview.h"
#include "service/domain/errors.h"
#include "service/status_macros.h"

namespace kirikae::app {

absl::Status NotWhatWasShown() {
  return absl::DataLossError("a stored import preview is not what was shown");
}

absl::StatusOr<StoredImport> FindStoredImport(store::ReadView& view, int64_t id, absl::Time now) {
  ASSIGN_OR_RETURN(std::optional<domain::ImportPreview> record, view.FindImport(id));
  if (!record.has_value()) return domain::ImportNotFound(id);
  const bool too_old = record->create_time.has_value() && IsTooOld(*record, now);
  if (record->expired || too_old) return domain::ImportExpired(id);
  StoredImport found{*std::move(record), {}};
  if (!found.preview.ParseFromString(found.record.payload) ||
      FindImportKind(found.preview.header().kind()) == nullptr) {
    return absl::DataLossError("a stored import preview can't be read");
  }
  return found;
}

absl::Status CheckReader(store::ReadView& view, const domain::ImportPreview& record,
                         const Caller& reader) {
  const bool is_open = record.kind == domain::ImportKind::kDevices || record.change_set != 0;
  if (is_open || reader.role == domain::Role::kPlanner || reader.role == domain::Role::kAuditor ||
      reader.role == domain::Role::kAdmin) {
    return absl::OkStatus();
  }
  // A preview has the number of the change set that stored it.
  ASSIGN_OR_RETURN(const std::optional<domain::ChangeSet> made, view.FindChangeSet(record.id));
  if (made.has_value() && made->actor == reader.actor) return absl::OkStatus();
  return domain::PreviewOfAnother(record.id);
}

absl::StatusOr<std::string> FindPart(store::ReadView& view, int64_t import, int64_t number) {
  ASSIGN_OR_RETURN(std::optional<std::string> bytes, view.FindImportPart(import, number));
  if (!bytes.has_value()) return NotWhatWasShown();
  return *std::move(bytes);
}

absl::StatusOr<ImportRowsPage> ListImportRows(store::ReadView& view, const StoredImport& import,
                                              const ImportRowsQuery& query) {
  const auto& with_problems = import.preview.parts_with_problems();
  const ImportKind& kind = *FindImportKind(import.preview.header().kind());
  ImportRowsPage page;
  for (int64_t number = query.start / kRowsOfAPart; number < import.preview.parts(); ++number) {
    if (query.problems_only &&
        !std::binary_search(with_problems.begin(), with_problems.end(), number)) {
      continue;
    }
    const int64_t first = number * kRowsOfAPart;
    if (page.rows.size() == static_cast<size_t>(query.limit)) {
      // The part has a row to show.
      page.next = first;
      return page;
    }
    ASSIGN_OR_RETURN(const std::string bytes, FindPart(view, import.record.id, number));
    stored::ImportPart part;
    if (!part.ParseFromString(bytes)) return NotWhatWasShown();
    for (int64_t i = std::max(query.start, first); i < first + part.rows_size(); ++i) {
      stored::ImportRow& row = *part.mutable_rows(static_cast<int>(i - first))->mutable_shown();
      if (query.problems_only && row.problems().empty() && !IsDerivedRow(kind, row)) continue;
      if (page.rows.size() == static_cast<size_t>(query.limit)) {
        page.next = i;
        return page;
      }
      page.rows.push_back(std::move(row));
    }
  }
  return page;
}

}  // namespace kirikae::app
