// Applying a stored preview.
#pragma once

#include <cstdint>

#include "absl/status/statusor.h"
#include "service/app/act.h"
#include "service/app/imports/stored_import.h"
#include "service/store/store.h"

namespace kirikae::app {

/// A draft that gives the edits of a preview one by one, over the inventory as `view` shows it; the
/// last edit notes `change_set` in the preview. `view` outlives the draft. A method given by the
/// file holds from `context.effective`. The draft of a preview that was applied has no edits.
/// FAILED_PRECONDITION where the preview has errors. Once all rows are through, the draft fails
/// with ABORTED and the records that changed since the preview, where there are any, and with
/// DATA_LOSS where the stored preview is not what was shown.
absl::StatusOr<store::Draft> ApplyImport(const WriteContext& context, StoredImport import,
                                         int64_t change_set, store::ReadView& view);

}  // namespace kirikae::app
