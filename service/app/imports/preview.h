// What a source of rows would do to the inventory, as a preview to store.
#pragma once

#include "absl/status/statusor.h"
#include "kirikae/stored/import.pb.h"
#include "service/app/imports/import_kind.h"
#include "service/app/imports/row_source.h"
#include "service/store/store.h"

namespace kirikae::app {

/// Reads the source and compares each row with the inventory as `view` shows it. Uses a second
/// thread until it returns. INVALID_ARGUMENT when the header names no kind or an unknown profile,
/// or when the source as a whole can't be read; FAILED_PRECONDITION when too many devices would be
/// retired. The faults of a row are in the row.
absl::StatusOr<BuiltPreview> BuildPreview(const stored::ImportHeader& header, RowSource& source,
                                          store::ReadView& view);

}  // namespace kirikae::app
