#include "service/app/inventory/device_list.h"

#include <utility>

#include "service/status_macros.h"

namespace kirikae::app {

absl::StatusOr<DevicePage> DevicesByTag(store::ReadView& view, const ListQuery& query,
                                        const std::string& position) {
  DevicePage page;
  DeviceSource source(view, position, query.when);
  while (true) {
    ASSIGN_OR_RETURN(std::vector<domain::Device> batch, source.Next());
    if (batch.empty()) return page;
    for (domain::Device& device : batch) {
      ASSIGN_OR_RETURN(const bool matches, Matches(view, query.filter, device));
      if (!matches) continue;
      if (page.devices.size() == static_cast<size_t>(query.limit)) {
        page.next = page.devices.back().asset_tag;
        return page;
      }
      page.devices.push_back(std::move(device));
    }
  }
}

}  // namespace kirikae::app
