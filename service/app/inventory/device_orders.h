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
#include "absl/time/time.h"
#include "kirikae/v1/inventory_service.pb.h"
#include "service/app/inventory/device_filter.h"
#include "service/app/inventory/device_source.h"
#include "service/store/store.h"

namespace kirikae::app {

/// What a list asks for, read.
struct ListQuery {
  DeviceFilter filter;
  std::optional<AsOf> when;
  int limit = 0;
  absl::Time shown_at;  ///< whose exception holds
};

/// A field to order by.
struct DeviceOrder {
  std::string field;  ///< "" = by asset tag
  bool descending = false;
};

/// `field` or `field desc`. INVALID_ARGUMENT for a field that no device has.
absl::StatusOr<DeviceOrder> ParseDeviceOrder(const std::string& text);

/// Sorted lists, kept between their pages: sorting all devices once a page would make a list of
/// them all take time with the square of their number, and a device whose value changes between
/// two pages would come twice or never. Thread-safe.
class DeviceOrders {
 public:
  /// Fills a page. The list is of the devices that matched when its first page was asked for, each
  /// shown as it is now; one that is gone is left out. `position` is "" for the first page, else
  /// what the page before gave as `next`, which is "" on the last one. Where the list is no longer
  /// kept (a restart, many others since) it is made anew and goes on behind the same device.
  absl::Status Page(store::ReadView& view, const ListQuery& query, const DeviceOrder& order,
                    const std::string& query_text, const std::string& position,
                    v1::ListDevicesResponse* response, std::string& next);

 private:
  // The value of the field, then the tag.
  using Key = std::pair<std::string, std::string>;
  struct Sorted {
    int64_t id = 0;
    std::string query_text;
    std::vector<Key> keys;
  };
  // Shared by the calls that read it at this moment and the list of kept ones.
  using SortedPtr = std::shared_ptr<const Sorted>;

  SortedPtr Find(int64_t id, const std::string& query_text);
  SortedPtr Keep(Sorted sorted);

  std::mutex mutex_;
  std::list<SortedPtr> kept_;  // newest first
  int64_t last_id_ = 0;
};

}  // namespace kirikae::app
