// Changes the same fields of all devices that match a filter.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "service/app/act.h"
#include "service/app/inventory/device_edit.h"
#include "service/store/store.h"

namespace kirikae::app {

/// The changes, and the devices to change.
struct BulkUpdate {
  std::string filter;  ///< required
  FieldTexts texts;
  int expected_count = 0;  ///< how many devices are expected to match; 0 = any number
};

/// The effect of the update.
struct BulkResult {
  store::Draft draft;  ///< gives its edits device by device over the view, which outlives it
  int matched = 0;     ///< devices
  int changed = 0;     ///< devices of these, or their past
};

/// Reads all devices twice, the first time to count and check, because the edits of all devices
/// together might not fit in memory. INVALID_ARGUMENT without a filter, for an unreadable one, and
/// as EditDevice. FAILED_PRECONDITION when the number of matching devices is not the expected one.
absl::StatusOr<BulkResult> UpdateAll(store::ReadView& view, const BulkUpdate& update,
                                     const WriteContext& context);

}  // namespace kirikae::app
