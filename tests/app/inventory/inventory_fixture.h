// Devices and staff for the tests of the inventory and of look-up.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "service/app/inventory/device_edit.h"
#include "service/domain/error_detail.h"
#include "tests/app/ward_fixture.h"

namespace kirikae::app {

class InventoryFixture : public WardFixture {
 protected:
  static domain::Device NewTagged(const std::string& tag) {
    domain::Device device;
    device.asset_tag = tag;
    device.auth_method_since = At("2024-04-01T00:00:00+09:00");
    return device;
  }
  static domain::Staff NewStaff(const std::string& number, const std::string& name,
                                const std::string& kana) {
    domain::Staff staff;
    staff.staff_number = number;
    staff.name = name;
    staff.kana = kana;
    return staff;
  }
  // Stores devices with their search keys.
  void StoreDevices(const std::vector<domain::Device>& devices) {
    std::vector<store::Edit> edits;
    edits.reserve(devices.size());
    for (const domain::Device& device : devices) edits.emplace_back(ToEdit(device));
    Store(edits);
  }
  domain::Device Stored(const std::string& tag) {
    const auto device = Read()->FindDevice(tag);
    EXPECT_TRUE(device.ok()) << device.status();
    EXPECT_TRUE(device->has_value()) << tag;
    return device->value_or(domain::Device());
  }

  // The fields of a refusal's violations, each once.
  static std::vector<std::string> Faults(const absl::Status& status) {
    std::vector<std::string> fields;
    const auto detail = domain::DetailOf(status);
    if (!detail.has_value()) return fields;
    for (const domain::Violation& violation : detail->violations) {
      fields.push_back(violation.field);
    }
    return fields;
  }
};

}  // namespace kirikae::app
