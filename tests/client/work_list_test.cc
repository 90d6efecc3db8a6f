#include "client/cli/work_list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

namespace kirikae::cli {
namespace {

TEST(StoreyOf, ReadsTheFormsOfFloors) {
  EXPECT_EQ(StoreyOf("3F"), 3);
  EXPECT_EQ(StoreyOf("10階"), 10);
  EXPECT_EQ(StoreyOf("本館３階"), 3);
  EXPECT_EQ(StoreyOf("2F-3"), 2);
  EXPECT_EQ(StoreyOf("B1F"), -1);
  EXPECT_EQ(StoreyOf("地下2階"), -2);
  EXPECT_EQ(StoreyOf("Ｂ１"), -1);
  EXPECT_EQ(StoreyOf("ロビー"), std::nullopt);
  EXPECT_EQ(StoreyOf(""), std::nullopt);
}

v1::DueDevice Device(const std::string& tag, const std::string& slot, const std::string& site,
                     const std::string& floor) {
  v1::DueDevice due;
  due.set_day("2025-04-07");
  due.set_slot(slot);
  due.mutable_device()->set_asset_tag(tag);
  due.mutable_device()->set_site(site);
  due.mutable_device()->set_floor(floor);
  return due;
}

TEST(SortForWalking, GoesUpTheFloorsOfASiteAndKeepsTheOrderOfSlots) {
  google::protobuf::RepeatedPtrField<v1::DueDevice> devices;
  // The service's order: the morning before the afternoon, then by tag.
  for (const auto& due :
       {Device("T-1", "morning", "北", "10F"), Device("T-2", "morning", "北", "2F"),
        Device("T-3", "morning", "北", ""), Device("T-4", "morning", "北", "B1"),
        Device("T-5", "morning", "北", "2F"), Device("T-6", "afternoon", "北", "1F")}) {
    *devices.Add() = due;
  }
  SortForWalking(devices);
  std::vector<std::string> tags;
  for (const auto& due : devices) tags.push_back(due.device().asset_tag());
  EXPECT_THAT(tags, ::testing::ElementsAre("T-4", "T-2", "T-5", "T-1", "T-3", "T-6"));
}

}  // namespace
}  // namespace kirikae::cli
