#include "service/app/imports/missing_devices.h"

#include <utility>

#include "service/app/inventory/device_source.h"
#include "service/domain/device_rules.h"
#include "service/domain/errors.h"
#include "service/domain/record_name.h"
#include "service/status_macros.h"

namespace kirikae::app {

absl::Status MissingDevices::Notice(const tabular::TypedRow<tabular::DeviceRow>& row,
                                    const std::optional<domain::Device>& found) {
  // A row that creates a device has a key that no stored device has. The key of a row with an error
  // may be a stored device's.
  if (found.has_value() || !row.usable()) named_.insert(row.value.asset_tag);
  return absl::OkStatus();
}

absl::Status MissingDevices::AddRows(const stored::ImportHeader& header, PreviewParts& parts) {
  int64_t in_use = 0;
  int64_t missing = 0;
  DeviceSource source(view_, "", std::nullopt);
  while (true) {
    ASSIGN_OR_RETURN(const std::vector<domain::Device> batch, source.Next());
    if (batch.empty()) break;
    for (const domain::Device& device : batch) {
      if (device.state != domain::DeviceState::kActive) continue;
      ++in_use;
      if (named_.contains(device.asset_tag)) continue;
      ++missing;
      stored::ImportPartRow& row = parts.Add();
      row.mutable_shown()->set_key(device.asset_tag);
      row.mutable_shown()->set_record(domain::DeviceName(device.asset_tag));
      row.mutable_shown()->set_action(header.retire_missing() ? stored::IMPORT_ACTION_RETIRE
                                                              : stored::IMPORT_ACTION_MISSING);
      row.set_version(device.version);
    }
  }
  if (header.retire_missing() && !header.force() && !domain::MayRetireMissing(missing, in_use)) {
    return domain::TooManyMissing(missing, in_use);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<store::Edit>> RetiringDevices::Apply(
    const stored::ImportPartRow& row, std::vector<std::string>& changed) {
  if (row.shown().action() != stored::IMPORT_ACTION_RETIRE) return std::nullopt;
  ASSIGN_OR_RETURN(std::optional<domain::Device> found, view_.FindDevice(row.shown().key()));
  if (!found.has_value() || found->version != row.version()) {
    changed.push_back(row.shown().record());
    return std::nullopt;
  }
  domain::Device device = *found;
  domain::Retire(device);
  return store::DeviceEdit{std::move(device), {}, store::DeviceBefore{std::move(found)}};
}

}  // namespace kirikae::app
