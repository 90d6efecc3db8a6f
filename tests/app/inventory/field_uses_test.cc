// What the field table says of a field's uses holds. Columns of files are in device_columns_test,
// messages in tests/api/records_test, the command line in tests/client/device_fields_test.
#include <string>
#include <vector>

#include "service/app/inventory/device_filter.h"
#include "service/app/inventory/device_orders.h"
#include "service/app/inventory/field_faults.h"
#include "tests/app/inventory/inventory_fixture.h"

namespace kirikae::app {
namespace {

TEST(FieldUses, AFieldOfADeviceIsFilteredOrderedAndSetAsTheTableSays) {
  for (const auto& field : domain::FieldTable<domain::Device>()) {
    const std::string name(field.api_name);
    const std::string text = field.get(domain::Device());
    EXPECT_EQ(ParseDeviceFilter(name + " = \"" + text + "\"").ok(), field.Is(domain::kFiltered))
        << name;
    for (const std::string& order : {name, name + " desc"}) {
      EXPECT_EQ(ParseDeviceOrder(order).ok(), field.Is(domain::kOrdered)) << name;
    }
    domain::Device device;
    std::vector<domain::Violation> faults;
    SetFieldOf(device, name, text, faults);
    EXPECT_EQ(faults.empty(), field.Is(domain::kEdited)) << name;
  }
}

}  // namespace
}  // namespace kirikae::app
