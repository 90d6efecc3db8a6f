// Applying a stored preview.
#pragma once

#include <cstdint>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "kirikae/stored/import.pb.h"
#include "service/store/store.h"

namespace kirikae::app {

/// A preview as the store has it, without its parts.
struct StoredImport {
  domain::ImportPreview record;
  stored::ImportPreview preview;
};

/// Makes `draft` give the edits of a preview without errors one by one, over the inventory as
/// `view` shows it, which outlives the draft; the last one notes `change_set` in the preview.
/// `effective` is when a method given by the file holds from. Once all rows are through, the draft
/// fails with ABORTED and the records that changed since the preview, where there are any;
/// DATA_LOSS where the stored preview is not what was shown.
absl::Status GiveEdits(StoredImport import, int64_t change_set, absl::Time effective,
                       store::ReadView& view, store::Draft& draft);

/// The numbered part of a stored preview. DATA_LOSS where it can't be read.
absl::StatusOr<stored::ImportPart> ReadImportPart(store::ReadView& view, int64_t import,
                                                  int64_t number);

}  // namespace kirikae::app
