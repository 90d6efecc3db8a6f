// A device's history page by page, as known now or at an earlier time.
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
  /// The next page continues after this place; absent: this is the last page.
  std::optional<store::ChangePlace> next;
};

/// Up to `limit` changes of a device and its placements, newest first: those before the given place
/// in the log, or from the newest on. With `when`, only changes that were believed then. A device
/// whose creation was undone still has a history. NOT_FOUND with near tags for a tag that never
/// existed.
absl::StatusOr<HistoryPage> ListDeviceHistory(store::ReadView& view, const std::string& asset_tag,
                                              const std::optional<AsOf>& when,
                                              std::optional<store::ChangePlace> before, int limit);

}  // namespace kirikae::app
