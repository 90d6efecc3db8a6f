// What a snapshot shows.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/store/conformance/conformance.h"

namespace kirikae::store {
namespace {

TEST_P(Conformance, ASnapshotSeesNothingThatCameAfterIt) {
  const auto before = Read();
  ASSERT_TRUE(before->ListDevices({}).ok());
  ASSERT_TRUE(Write(NewWrite({DeviceEdit{NewDevice("A-1"), {}}})).ok());
  EXPECT_TRUE(before->ListDevices({})->empty());
  EXPECT_EQ(Read()->ListDevices({})->size(), 1U);
}

TEST_P(Conformance, AReadAfterAnAnswerSeesTheWriteThoughSnapshotsAreKeptOpen) {
  for (int i = 0; i < 50; ++i) {
    const std::string tag = "A-" + std::to_string(i);
    EXPECT_FALSE(Find(tag).has_value());
    ASSERT_TRUE(Write(NewWrite({DeviceEdit{NewDevice(tag), {}}})).ok());
    EXPECT_TRUE(Find(tag).has_value()) << tag;
  }
}

TEST_P(Conformance, ACalendarDayIsKeptWithItsHistoryAndMayGo) {
  domain::CalendarDay day{.day = absl::CivilDay(2025, 8, 12),
                          .holiday = "",
                          .office = domain::OfficeDay::kClosed,
                          .reason = "停電",
                          .version = 0};
  ASSERT_TRUE(Write(NewWrite({day})).ok());
  Open();
  const absl::CivilDay first(2025, 8, 1);
  const auto days = Read()->ListCalendarDays(first, first + 30);
  ASSERT_TRUE(days.ok());
  ASSERT_EQ(days->size(), 1U);
  EXPECT_EQ(days->front().office, domain::OfficeDay::kClosed);
  EXPECT_EQ(days->front().reason, "停電");
  EXPECT_EQ(days->front().version, 1);
  EXPECT_TRUE(Read()->ListCalendarDays(first, first + 10)->empty());
  EXPECT_FALSE(Read()->History("calendarDays/2025-08-12", std::nullopt, 10)->empty());
  ASSERT_TRUE(Write(NewWrite({Removal{days->front()}})).ok());
  EXPECT_FALSE(Read()->FindCalendarDay(day.day)->has_value());
}

}  // namespace
}  // namespace kirikae::store
