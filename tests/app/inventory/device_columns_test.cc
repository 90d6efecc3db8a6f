#include "service/app/inventory/device_columns.h"

#include <gmock/gmock.h>

#include <set>
#include <string>
#include <vector>

#include "service/domain/record_fields.h"
#include "service/tabular/device_columns.h"

namespace kirikae::app {
namespace {

using ::testing::UnorderedElementsAre;

TEST(DeviceColumns, TheNamesThatStoredPreviewsHaveNeverChange) {
  std::vector<std::string> names;
  for (const auto& column : FileColumns<tabular::DeviceRow>()) names.emplace_back(column.name);
  // A new column comes to it.
  EXPECT_THAT(names, UnorderedElementsAre("host_name", "serial", "model", "os", "site", "floor",
                                          "department", "kind", "network", "camera", "auth_method",
                                          "inventoried_on", "lease_ends_on", "camera_due_on",
                                          "note", "user_staff_numbers", "user_names", "user_kana"));
}

// The columns that stand for a field.
std::vector<tabular::DeviceColumn> ColumnsOf(const domain::Field<domain::Device>& field) {
  const bool users = field.kind == domain::ValueKind::kUsers;
  std::vector<tabular::DeviceColumn> columns;
  for (const tabular::DeviceColumn& column : tabular::DeviceColumns()) {
    if (column.name == field.name || (users && column.name.starts_with("user_"))) {
      columns.push_back(column);
    }
  }
  return columns;
}

TEST(DeviceColumns, AFieldOfTheTableHasTheColumnsThatItsUsesSay) {
  for (const auto& field : domain::FieldTable<domain::Device>()) {
    const auto columns = ColumnsOf(field);
    EXPECT_EQ(!columns.empty(), field.Is(domain::kImported) || field.Is(domain::kExported))
        << field.name;
    for (const tabular::DeviceColumn& column : columns) {
      EXPECT_EQ(column.form.get != nullptr, field.Is(domain::kImported)) << column.name;
      EXPECT_EQ(column.form.write != nullptr, field.Is(domain::kExported)) << column.name;
    }
  }
}

TEST(DeviceColumns, EveryColumnHasAHeaderOfItsOwn) {
  std::set<std::string> headers;
  for (const tabular::DeviceColumn& column : tabular::DeviceColumns()) {
    ASSERT_FALSE(column.headers.empty()) << column.name;
    for (const std::string& header : column.headers) {
      EXPECT_TRUE(headers.insert(header).second) << header;
    }
  }
}

}  // namespace
}  // namespace kirikae::app
