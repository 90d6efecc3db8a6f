#include "client/cli/device_fields.h"

#include <gmock/gmock.h>

#include <set>
#include <sstream>
#include <string>

#include "service/domain/record_fields.h"

namespace kirikae::cli {
namespace {

using ::testing::Contains;

std::set<std::string> NamesOf(const std::string& list) {
  std::set<std::string> names;
  std::istringstream rest(list);
  for (std::string name; rest >> name;) names.insert(name.substr(0, name.find(',')));
  return names;
}

TEST(DeviceFields, WhatCanBeSetIsWhatTheFieldTableLetsAMaskName) {
  std::set<std::string> edited;
  for (const auto& field : domain::FieldTable<domain::Device>()) {
    if (field.Is(domain::kEdited)) edited.emplace(field.api_name);
  }
  edited.erase("labels");
  edited.insert("labels.KEY");
  EXPECT_EQ(NamesOf(DeviceFields()), edited);
}

TEST(DeviceFields, EveryFieldOfTheTableIsShown) {
  v1::Device device;
  device.mutable_exception()->set_reason("調整中");
  std::set<std::string> shown;
  for (const auto& row : DeviceTable(device).rows) shown.insert(row[0]);
  for (const auto& field : domain::FieldTable<domain::Device>()) {
    if (!field.Is(domain::kInMessage)) continue;
    EXPECT_THAT(shown, Contains(std::string(field.api_name)));
  }
}

TEST(DeviceFields, AValueIsSetByItsShortNameInAnyCase) {
  v1::Device device;
  EXPECT_TRUE(SetDeviceField(device, "network", "my_number"));
  EXPECT_EQ(device.network(), v1::NETWORK_MY_NUMBER);
  EXPECT_TRUE(SetDeviceField(device, "inventoried_on", "2025-04-01"));
  EXPECT_TRUE(SetDeviceField(device, "labels.bundle", "k1"));
  EXPECT_FALSE(SetDeviceField(device, "network", "wifi"));
  for (const std::string field : {"name", "etag", "state", "exception", "colour", "labels."}) {
    EXPECT_FALSE(SetDeviceField(device, field, "1")) << field;
  }
}

TEST(DeviceFields, RowsComeInTheOrderOfTheMessageWithTheMethodThatHoldsFirst) {
  v1::Device device;
  device.set_site("本庁舎");
  device.set_floor("2階");
  const Table table = DeviceTable(device);
  std::string order;
  for (const auto& row : table.rows) order += row[0] + " ";
  EXPECT_EQ(order,
            "asset_tag host_name serial model os kind network department site floor users camera "
            "effective_method auth_method auth_method_since state labels note inventoried_on "
            "lease_ends_on ");
}

}  // namespace
}  // namespace kirikae::cli
