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
  /// Behind which place the next page goes on; none = this is the last page.
  std::optional<store::ChangePlace> next;
};

/// Up to `limit` changes of a device and its placements that stand before this place in the log,
/// all without one; with `when`, only those that were believed then. A device whose creation was
/// undone still has a history. NOT_FOUND with near tags for a tag that never was.
absl::StatusOr<HistoryPage> ListDeviceHistory(store::ReadView& view, const std::string& asset_tag,
                                              const std::optional<AsOf>& when,
                                              std::optional<store::ChangePlace> before, int limit);

}  // namespace kirikae::app
