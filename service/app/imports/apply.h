// Applies a stored preview.
#pragma once

#include <cstdint>

#include "absl/status/statusor.h"
#include "service/app/act.h"
#include "service/app/imports/stored_import.h"
#include "service/store/store.h"

namespace kirikae::app {

/// A draft that makes the edits of a preview one by one on the inventory that `view` shows; the
/// last edit records `change_set` in the preview. `view` must outlive the draft. A method from the
/// file holds from `context.effective`. For a preview that was already applied, the draft has no
/// edits. FAILED_PRECONDITION when the preview has errors. After all rows, the draft fails with
/// ABORTED if records changed since the preview (the error names them), and with DATA_LOSS if the
/// stored preview is not what was shown.
absl::StatusOr<store::Draft> ApplyImport(const WriteContext& context, StoredImport import,
                                         int64_t change_set, store::ReadView& view);

}  // namespace kirikae::app
