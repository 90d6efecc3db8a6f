// What only the inventory and the staff list show about a row of a device.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "kirikae/stored/import.pb.h"
#include "service/app/imports/staff_finder.h"
#include "service/domain/records.h"
#include "service/store/store.h"
#include "service/tabular/device_rows.h"

namespace kirikae::app {

/// Not thread-safe; `view` must outlive it.
class DeviceChecks {
 public:
  explicit DeviceChecks(store::ReadView& view) : view_(view), staff_(view) {}

  /// Adds the problems of a row that can be read. `found` is the stored device, null for a new one.
  /// Errors: a tag that no new device may have, a staff number without its leading zeros. Warnings,
  /// where the row changes something: names without staff numbers, unknown staff numbers and
  /// departments, a host name or serial number that another device in use has. Fails only if the
  /// store fails.
  absl::Status Check(const tabular::DeviceRow& row, const domain::Device* found,
                     stored::ImportRow& shown);

 private:
  absl::Status CheckUsers(const tabular::DeviceRow& row, const domain::Device* found,
                          stored::ImportRow& shown);
  absl::Status CheckNames(const tabular::DeviceRow& row, const domain::Device* found,
                          stored::ImportRow& shown);
  absl::Status CheckDepartment(const std::string& department, stored::ImportRow& shown);
  absl::Status CheckUnique(std::string_view field, const std::string& value,
                           const std::string& asset_tag, stored::ImportRow& shown);
  absl::StatusOr<bool> IsOfADevice(const std::string& department);

  store::ReadView& view_;
  StaffFinder staff_;
  std::optional<bool> any_device_;
  std::optional<absl::flat_hash_map<std::string, bool>> departments_of_devices_;
};

}  // namespace kirikae::app
