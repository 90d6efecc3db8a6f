#include "service/domain/device_history.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace kirikae::domain {
namespace {

absl::Time Hour(int hour) { return absl::FromUnixSeconds(int64_t{3600} * hour); }

// An entry about `effective`, recorded at `recorded`.
HistoryEntry Entry(int64_t id, int effective, int recorded, const std::string& field,
                   const std::string& value) {
  HistoryEntry entry;
  entry.change_set.id = id;
  entry.change_set.effective_time = Hour(effective);
  entry.change_set.recorded_time = Hour(recorded);
  entry.change = {"devices/T-1", field, "", value};
  return entry;
}

std::string Method(const std::vector<HistoryEntry>& history, int as_of, int known_at) {
  const auto device = DeviceAsOf("T-1", history, Hour(as_of), Hour(known_at));
  if (!device.ok()) return device.status().ToString();
  return device->has_value() ? std::string(Name((*device)->auth_method)) : "none";
}

std::vector<HistoryEntry> Made() {
  return {Entry(1, 0, 0, "exists", "true"), Entry(1, 0, 0, "auth_method", "IC_CARD_AND_PASSWORD")};
}

TEST(DeviceHistory, NothingWasThereBeforeItWasMade) {
  EXPECT_EQ(Method(Made(), -1, 10), "none");
  EXPECT_EQ(Method(Made(), 5, -1), "none");
  EXPECT_EQ(Method(Made(), 0, 0), "IC_CARD_AND_PASSWORD");
}

TEST(DeviceHistory, AChangeEnteredLateWasTrueFromWhenItHappened) {
  auto history = Made();
  history.push_back(Entry(2, 5, 8, "auth_method", "FACE_AND_PASSWORD"));
  EXPECT_EQ(Method(history, 4, 9), "IC_CARD_AND_PASSWORD");
  EXPECT_EQ(Method(history, 5, 9), "FACE_AND_PASSWORD");
  EXPECT_EQ(Method(history, 6, 7), "IC_CARD_AND_PASSWORD") << "not known yet";
}

TEST(DeviceHistory, WhatWasUndoneWasNeverTrueButWasBelieved) {
  auto history = Made();
  history.push_back(Entry(2, 5, 5, "auth_method", "FACE_AND_PASSWORD"));
  history.back().change_set.undone_by = 3;
  history.back().change_set.undone_time = Hour(9);
  history.push_back(Entry(3, 9, 9, "auth_method", "IC_CARD_AND_PASSWORD"));
  history.back().change_set.undoes = 2;
  EXPECT_EQ(Method(history, 6, 8), "FACE_AND_PASSWORD");
  EXPECT_EQ(Method(history, 6, 9), "IC_CARD_AND_PASSWORD");
  EXPECT_EQ(Method(history, 10, 10), "IC_CARD_AND_PASSWORD");
}

TEST(DeviceHistory, TheLaterEffectiveTimeWinsWhateverTheOrderOfEntry) {
  auto history = Made();
  history.push_back(Entry(2, 7, 8, "auth_method", "FACE_AND_PASSWORD"));
  history.push_back(Entry(3, 6, 9, "auth_method", "FACE_AND_IC_CARD"));
  EXPECT_EQ(Method(history, 6, 10), "FACE_AND_IC_CARD");
  EXPECT_EQ(Method(history, 7, 10), "FACE_AND_PASSWORD");
}

TEST(DeviceHistory, AtOneTimeTheLaterEntryWins) {
  auto history = Made();
  history.push_back(Entry(3, 6, 9, "auth_method", "FACE_AND_IC_CARD"));
  history.push_back(Entry(2, 6, 8, "auth_method", "FACE_AND_PASSWORD"));
  EXPECT_EQ(Method(history, 6, 10), "FACE_AND_IC_CARD");
}

TEST(DeviceHistory, WhatWasEnteredLateStandsBesideWhatWasKnown) {
  auto history = Made();
  history.push_back(Entry(2, 9, 9, "auth_method", "FACE_AND_IC_CARD"));
  history.push_back(Entry(3, 5, 10, "past.auth_method", "FACE_AND_PASSWORD"));
  EXPECT_EQ(Method(history, 5, 9), "IC_CARD_AND_PASSWORD");
  EXPECT_EQ(Method(history, 5, 10), "FACE_AND_PASSWORD");
  EXPECT_EQ(Method(history, 9, 10), "FACE_AND_IC_CARD");
}

TEST(DeviceHistory, AMethodSlotsInBetweenWhatIsKnown) {
  auto history = Made();
  history.push_back(Entry(2, 9, 9, "auth_method", "FACE_AND_IC_CARD"));
  const auto between = SlotMethodIn("T-1", history, AuthMethod::kFaceAndPassword, Hour(5));
  ASSERT_TRUE(between.ok());
  EXPECT_TRUE(between->changes && between->is_past);
  EXPECT_EQ(between->before, AuthMethod::kIcCardAndPassword);
  EXPECT_EQ(between->current.method, AuthMethod::kFaceAndIcCard);
  const auto same = SlotMethodIn("T-1", history, AuthMethod::kIcCardAndPassword, Hour(5));
  ASSERT_TRUE(same.ok());
  EXPECT_FALSE(same->changes);
  // The method was the same from then on, so that its span now begins earlier.
  const auto earlier = SlotMethodIn("T-1", history, AuthMethod::kFaceAndIcCard, Hour(5));
  ASSERT_TRUE(earlier.ok());
  EXPECT_TRUE(earlier->is_past);
  EXPECT_EQ(earlier->current.since, Hour(5));
}

TEST(DeviceHistory, TheMethodADeviceWasMadeWithComesFirst) {
  const auto history = std::vector<HistoryEntry>{
      Entry(1, 5, 5, "exists", "true"), Entry(1, 5, 5, "auth_method", "IC_CARD_AND_PASSWORD")};
  const auto before = SlotMethodIn("T-1", history, AuthMethod::kFaceAndPassword, Hour(2));
  ASSERT_TRUE(before.ok());
  EXPECT_FALSE(before->is_past);
  EXPECT_EQ(before->current.method, AuthMethod::kFaceAndPassword);
}

TEST(DeviceHistory, ARemovedDeviceIsGoneFromThen) {
  auto history = Made();
  history.push_back(Entry(2, 5, 5, "exists", ""));
  EXPECT_EQ(Method(history, 4, 9), "IC_CARD_AND_PASSWORD");
  EXPECT_EQ(Method(history, 5, 9), "none");
}

}  // namespace
}  // namespace kirikae::domain
