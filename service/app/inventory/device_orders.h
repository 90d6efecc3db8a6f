// Lists of devices by another field than their tag.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "service/app/inventory/device_list.h"
#include "service/store/store.h"

namespace kirikae::app {

/// A field to order by.
struct DeviceOrder {
  std::string field;  ///< "" = by asset tag
  bool descending = false;
};

/// Reads `field` or `field desc`. INVALID_ARGUMENT for a field that lists can't be ordered by.
absl::StatusOr<DeviceOrder> ParseDeviceOrder(const std::string& text);

/// Sorted lists, kept between their pages. Sorting all devices for each page would take time with
/// the square of their number, and a device whose value changes between two pages would come twice
/// or never. Thread-safe.
class DeviceOrders {
 public:
  /// A page of the devices that matched when the list's first page was asked for, each as it is
  /// now; a device that is gone is left out. `query_text` names the list: the same text is the same
  /// list. `position` is "" for the first page, else `next` of the page before. Where the list is
  /// no longer kept (a restart, many other lists since) it is made anew and goes on behind the same
  /// device. INVALID_ARGUMENT for a position that no page gave.
  absl::StatusOr<DevicePage> Page(store::ReadView& view, const ListQuery& query,
                                  const DeviceOrder& order, const std::string& query_text,
                                  const std::string& position);

 private:
  // The value of the field, then the tag.
  using Key = std::pair<std::string, std::string>;
  struct Sorted {
    int64_t id = 0;
    std::string query_text;
    std::vector<Key> keys;
  };
  // Shared by the list of kept ones and the calls that read it at this moment.
  using SortedPtr = std::shared_ptr<const Sorted>;

  SortedPtr Find(int64_t id, const std::string& query_text);
  SortedPtr Keep(Sorted sorted);

  std::mutex mutex_;
  std::list<SortedPtr> kept_;  // newest first
  int64_t last_id_ = 0;
};

}  // namespace kirikae::app
