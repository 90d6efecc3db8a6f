// Builds the preview of a source of rows: what it would do to the inventory.
#pragma once

#include "absl/status/statusor.h"
#include "kirikae/stored/import.pb.h"
#include "service/app/imports/import_kind.h"
#include "service/app/imports/row_source.h"
#include "service/store/store.h"

namespace kirikae::app {

/// Reads the source and compares each row with the inventory that `view` shows. Uses a second
/// thread until it returns. INVALID_ARGUMENT when the header names no kind or an unknown profile,
/// or when the whole source can't be read. FAILED_PRECONDITION when too many devices would be
/// retired. Faults of a row are reported in the row.
absl::StatusOr<BuiltPreview> BuildPreview(const stored::ImportHeader& header, RowSource& source,
                                          store::ReadView& view);

}  // namespace kirikae::app
