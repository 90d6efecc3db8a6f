// What a file would do to the inventory: the stored preview, and the edits that apply it.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "kirikae/stored/import.pb.h"
#include "kirikae/v1/import_service.pb.h"
#include "service/store/store.h"

namespace kirikae::api {

/// Reads the file and compares each row with the inventory as `view` shows it. INVALID_ARGUMENT
/// when the file as a whole can't be read; a row's faults are in the row.
absl::StatusOr<stored::ImportPreview> BuildPreview(const v1::ImportHeader& header,
                                                   std::string content, store::ReadView& view);

/// The edits of a preview without errors, over the inventory as `view` shows it; `effective` is
/// when a method given by the file holds from. ABORTED with the records that changed since.
absl::StatusOr<std::vector<store::Edit>> ApplyPreview(const stored::ImportPreview& preview,
                                                      const std::string& id, absl::Time effective,
                                                      store::ReadView& view);

}  // namespace kirikae::api
