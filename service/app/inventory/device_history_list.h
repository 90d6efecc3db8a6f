// A device's history page by page, as it is known or as it was known.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "service/app/inventory/device_source.h"
#include "service/domain/records.h"
#include "service/store/store.h"

namespace kirikae::app {

/// A page of a history.
struct HistoryPage {
  std::vector<domain::HistoryEntry> entries;  ///< newest first
  int64_t next = 0;                           ///< where the next page goes on; 0 = this is the last
};

/// Up to `limit` changes of a device and its placements from `position` on; with `when`, only those
/// that were believed then. A device whose creation was undone still has a history. NOT_FOUND with
/// near tags for a tag that never was.
absl::StatusOr<HistoryPage> ListDeviceHistory(store::ReadView& view, const std::string& asset_tag,
                                              const std::optional<AsOf>& when, int64_t position,
                                              int limit);

}  // namespace kirikae::app
