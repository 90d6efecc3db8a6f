// Reads stored previews.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "kirikae/stored/import.pb.h"
#include "service/app/act.h"
#include "service/domain/records.h"
#include "service/store/store.h"

namespace kirikae::app {

/// Rows per part of a stored preview; only the last part may have fewer.
inline constexpr int kRowsOfAPart = 1000;

/// A stored preview without its parts.
struct StoredImport {
  domain::ImportPreview record;
  stored::ImportPreview preview;
};

/// The preview with this id. NOT_FOUND; FAILED_PRECONDITION when it is too old at the time `now`;
/// DATA_LOSS where it can't be read.
absl::StatusOr<StoredImport> FindStoredImport(store::ReadView& view, int64_t id, absl::Time now);

/// PERMISSION_DENIED: the preview is of a personnel list that is not applied, and the reader is
/// neither its author nor a planner, auditor or administrator.
absl::Status CheckReader(store::ReadView& view, const domain::ImportPreview& record,
                         const Caller& reader);

/// The bytes of a part, by its number from 0. DATA_LOSS where the part is missing.
absl::StatusOr<std::string> FindPart(store::ReadView& view, int64_t import, int64_t number);

/// DATA_LOSS: a stored preview is not what was shown.
absl::Status NotWhatWasShown();

/// Selects rows of a preview.
struct ImportRowsQuery {
  int64_t start = 0;  ///< number of the first row, from 0
  int limit = 100;
  bool problems_only = false;  ///< only rows with a problem, and derived rows
};

/// A page of rows, in the order of the preview.
struct ImportRowsPage {
  std::vector<stored::ImportRow> rows;
  std::optional<int64_t> next;  ///< where the next page begins; absent on the last page
};

/// Reads only the parts that the page shows rows of; with `problems_only`, only parts that have
/// such rows. DATA_LOSS when a part can't be read.
absl::StatusOr<ImportRowsPage> ListImportRows(store::ReadView& view, const StoredImport& import,
                                              const ImportRowsQuery& query);

}  // namespace kirikae::app
