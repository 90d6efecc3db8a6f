// Lists of devices by tag, and what lists in other orders share with them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "service/app/inventory/device_filter.h"
#include "service/app/inventory/device_source.h"
#include "service/domain/records.h"
#include "service/store/store.h"

namespace kirikae::app {

/// What to list.
struct ListQuery {
  DeviceFilter filter;
  std::optional<AsOf> when;  ///< the devices as they were then; absent = as they are
  int limit = 0;             ///< most devices in a page
};

/// A page of a list.
struct DevicePage {
  std::vector<domain::Device> devices;
  std::string next;  ///< the next page continues after this position; "" = last page
};

/// The matching devices, by tag. The position is the tag of the page's last device, so no device is
/// repeated or skipped when others are added or removed between two pages.
absl::StatusOr<DevicePage> DevicesByTag(store::ReadView& view, const ListQuery& query,
                                        const std::string& position);

}  // namespace kirikae::app
