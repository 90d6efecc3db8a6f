#include "client/cli/device_fields.h"

#include <gmock/gmock.h>

#include <set>
#include <string>

#include "client/cli/failure.h"
#include "service/domain/record_fields.h"

namespace kirikae::cli {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAreArray;

TEST(DeviceFields, WhatCanBeSetIsWhatTheFieldTableLetsAMaskName) {
  std::set<std::string> edited;
  for (const auto& field : domain::FieldTable<domain::Device>()) {
    if (field.Is(domain::kEdited)) edited.emplace(field.api_name);
  }
  edited.erase("labels");
  edited.insert("labels.KEY");
  EXPECT_THAT(DeviceFields(), UnorderedElementsAreArray(edited));
}

TEST(DeviceFields, EveryFieldOfTheTableIsShown) {
  v1::Device device;
  device.mutable_exception()->set_reason("調整中");
  std::set<std::string> shown;
  for (const auto& row : DeviceTable(device).rows) shown.insert(row[0].code);
  for (const auto& field : domain::FieldTable<domain::Device>()) {
    if (!field.Is(domain::kInMessage)) continue;
    EXPECT_THAT(shown, Contains(std::string(field.api_name)));
  }
}

TEST(DeviceFields, AValueIsSetByItsShortNameInAnyCase) {
  v1::Device device;
  SetDeviceField(device, {"network", "my_number"});
  EXPECT_EQ(device.network(), v1::NETWORK_MY_NUMBER);
  SetDeviceField(device, {"inventoried_on", "2025-04-01"});
  SetDeviceField(device, {"labels.bundle", "k1"});
  for (const std::string field : {"name", "etag", "state", "exception", "colour", "labels."}) {
    EXPECT_THROW(SetDeviceField(device, {field, "1"}), Failure) << field;
  }
}

// What is said of a change that can't be made.
std::string FaultOf(const Assignment& assignment) {
  v1::Device device;
  try {
    SetDeviceField(device, assignment);
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.reason, "UNKNOWN_FIELD");
    return failure.sentence;
  }
  return "";
}

TEST(DeviceFields, AWrongFieldOrValueIsToldWhatIsNearAndWhatThereIs) {
  EXPECT_THAT(FaultOf({"flor", "3F"}), HasSubstr("Did you mean floor?"));
  EXPECT_THAT(FaultOf({"network", "lgwam"}), HasSubstr("Did you mean LGWAN?"));
  EXPECT_THAT(FaultOf({"network", ""}), HasSubstr("MY_NUMBER"));
  EXPECT_THAT(FaultOf({"network", "unspecified"}), HasSubstr("MY_NUMBER"));
}

TEST(DeviceFields, RowsComeInTheOrderOfTheMessageWithTheMethodThatHoldsFirst) {
  v1::Device device;
  device.set_site("本庁舎");
  device.set_floor("2階");
  const Table table = DeviceTable(device);
  std::string order;
  for (const auto& row : table.rows) order += row[0].code + " ";
  EXPECT_EQ(order,
            "asset_tag host_name serial model os kind network department site floor users camera "
            "effective_method auth_method auth_method_since state labels note inventoried_on "
            "lease_ends_on camera_due_on ");
}

}  // namespace
}  // namespace kirikae::cli
