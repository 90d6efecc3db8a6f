// Changing the same fields of all devices that match a filter.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "service/app/act.h"
#include "service/app/inventory/device_edit.h"
#include "service/store/store.h"

namespace kirikae::app {

/// What to change, and of which devices.
struct BulkUpdate {
  std::string filter;  ///< required
  FieldTexts texts;
  int expected_count = 0;  ///< how many devices are expected to match; 0 = any number
};

/// What it does.
struct BulkResult {
  store::Draft draft;  ///< gives its edits device by device over the view, which outlives it
  int matched = 0;     ///< devices
  int changed = 0;     ///< devices of these, or their past
};

/// Goes through all devices twice, first to count and check: the edits of all at once might not fit
/// in memory. INVALID_ARGUMENT without a filter, for one that can't be read, and as EditDevice.
/// FAILED_PRECONDITION when another number of devices matches than is expected.
absl::StatusOr<BulkResult> UpdateAll(store::ReadView& view, const BulkUpdate& update,
                                     const WriteContext& context);

}  // namespace kirikae::app
