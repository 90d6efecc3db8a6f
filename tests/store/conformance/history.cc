// What is kept of changes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/store/conformance/conformance.h"

namespace kirikae::store {
namespace {

TEST_P(Conformance, HistoryHasOneRowAFieldWithWhoAndWhen) {
  ASSERT_TRUE(Write(NewWrite({DeviceEdit{NewDevice("A-1"), {}}})).ok());
  domain::Device device = *Find("A-1");
  device.auth_method = domain::AuthMethod::kFaceAndPassword;
  device.note = "moved";
  ASSERT_TRUE(Write(NewWrite({DeviceEdit{device, {}}})).ok());
  const auto history = *Read()->History("devices/A-1", std::nullopt, 100);
  std::vector<std::string> fields;
  for (const domain::HistoryEntry& entry : history) {
    if (entry.change_set.id == 2) fields.push_back(entry.change.field);
    EXPECT_EQ(entry.change_set.actor, "山田");
  }
  EXPECT_THAT(fields, ::testing::UnorderedElementsAre("auth_method", "note"));
}

TEST_P(Conformance, ChangesOfASetArePagedAcrossItsRecords) {
  constexpr int kDevices = 7;
  std::vector<Edit> edits;
  edits.reserve(kDevices);
  for (int i = 0; i < kDevices; ++i) {
    edits.emplace_back(DeviceEdit{NewDevice("A-" + std::to_string(i)), {}});
  }
  ASSERT_TRUE(Write(NewWrite(edits)).ok());
  const auto whole = *Read()->ChangesOf({1, 0}, 1000);
  ASSERT_GT(whole.size(), 20U);
  for (size_t i = 0; i < whole.size(); ++i) {
    EXPECT_EQ(whole[i].position, static_cast<int64_t>(i));
  }
  for (const int limit : {1, 3, 5, 100}) {
    std::vector<domain::Change> paged;
    while (true) {
      const int64_t from = paged.empty() ? 0 : paged.back().position + 1;
      const auto page = *Read()->ChangesOf({1, from}, limit);
      paged.insert(paged.end(), page.begin(), page.end());
      if (page.size() < static_cast<size_t>(limit)) break;
    }
    ASSERT_EQ(paged.size(), whole.size()) << limit;
    for (size_t i = 0; i < paged.size(); ++i) {
      EXPECT_EQ(paged[i].record, whole[i].record);
      EXPECT_EQ(paged[i].field, whole[i].field);
      EXPECT_EQ(paged[i].new_value, whole[i].new_value);
    }
  }
}

TEST_P(Conformance, HistoryWrittenToBetweenItsPagesNeitherSkipsNorRepeatsAChange) {
  ASSERT_TRUE(Write(NewWrite({DeviceEdit{NewDevice("A-1"), {}}})).ok());
  domain::Device device = *Find("A-1");
  device.note = "second";
  device.floor = "2";
  ASSERT_TRUE(Write(NewWrite({DeviceEdit{device, {}}})).ok());
  const auto whole = *Read()->History("devices/A-1", std::nullopt, 1000);
  ASSERT_GT(whole.size(), 4U);
  for (const int limit : {1, 2, 3}) {
    std::vector<domain::HistoryEntry> paged;
    std::optional<ChangePlace> before = ChangePlace{3, 0};
    while (true) {
      const auto page = *Read()->History("devices/A-1", before, limit);
      paged.insert(paged.end(), page.begin(), page.end());
      if (page.size() < static_cast<size_t>(limit)) break;
      before = PlaceOf(page.back());
      device = *Find("A-1");
      device.note += ".";
      ASSERT_TRUE(Write(NewWrite({DeviceEdit{device, {}}})).ok());
    }
    ASSERT_EQ(paged.size(), whole.size()) << limit;
    for (size_t i = 0; i < paged.size(); ++i) {
      EXPECT_EQ(PlaceOf(paged[i]), PlaceOf(whole[i]));
      EXPECT_EQ(paged[i].change.field, whole[i].change.field);
      EXPECT_EQ(paged[i].change.old_value, whole[i].change.old_value);
    }
  }
}

}  // namespace
}  // namespace kirikae::store
