// Changes the same fields of all devices that match a filter.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

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

/// The devices that match the filter, found before the write: going through all devices takes long.
struct BulkMatches {
  /// Asset tag and version then.
  std::vector<std::pair<std::string, int64_t>> devices;
};

/// INVALID_ARGUMENT without a filter and for one that can't be read; FAILED_PRECONDITION when
/// another number of devices matches than is expected.
absl::StatusOr<BulkMatches> FindMatches(store::ReadView& view, const BulkUpdate& update);

/// What it does.
struct BulkResult {
  store::Draft draft;  ///< gives its edits device by device over the view, which outlives it
  int matched = 0;     ///< devices
  int changed = 0;     ///< devices of these, or their past
};

/// Changes the devices found, but for those that have changed since and no longer match. It goes
/// through them twice, first to count and check: the edits of all at once might not fit in memory.
/// INVALID_ARGUMENT as EditDevice.
absl::StatusOr<BulkResult> UpdateAll(store::ReadView& view, const BulkUpdate& update,
                                     const BulkMatches& matches, const WriteContext& context);

}  // namespace kirikae::app
