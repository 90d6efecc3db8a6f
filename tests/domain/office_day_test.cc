#include "service/domain/office_day.h"

#include <gtest/gtest.h>

#include "service/domain/placement_states.h"

namespace kirikae::domain {
namespace {

const absl::CivilDay kThursday(2025, 5, 1);

TEST(OfficeDayTest, WhatTheWardSetDecidesThenHolidaysThenTheYearsEndThenTheWeek) {
  EXPECT_EQ(Judge({kThursday, "", {}}).cause, DayCause::kWeekday);
  EXPECT_TRUE(Judge({kThursday, "", {}}).open);
  EXPECT_EQ(Judge({kThursday + 2, "", {}}).cause, DayCause::kWeekend);
  EXPECT_EQ(Judge({kThursday + 2, "憲法記念日", {}}).cause, DayCause::kHoliday);
  EXPECT_FALSE(Judge({kThursday + 2, "憲法記念日", {}}).open);
  EXPECT_TRUE(Judge({kThursday + 2, "憲法記念日", OfficeDay::kOpen}).open);
  EXPECT_FALSE(Judge({kThursday, "", OfficeDay::kClosed}).open);
  EXPECT_EQ(Judge({kThursday, "", OfficeDay::kClosed}).cause, DayCause::kWard);
  EXPECT_TRUE(Judge({absl::CivilDay(2026, 12, 28), "", {}}).open);
  EXPECT_EQ(Judge({absl::CivilDay(2026, 12, 29), "", {}}).cause, DayCause::kYearEnd);
  EXPECT_EQ(Judge({absl::CivilDay(2025, 1, 3), "", {}}).cause, DayCause::kYearEnd);
  EXPECT_TRUE(Judge({absl::CivilDay(2027, 1, 4), "", {}}).open);
}

TEST(PlacementStatesTest, AWaveHasBegunOnItsDayOrWhenItWasStarted) {
  Placement placement;
  placement.state = PlacementState::kPlanned;
  placement.day = kThursday;
  EXPECT_TRUE(HasBegun(placement, WaveState::kPlanned, kThursday));
  EXPECT_FALSE(HasBegun(placement, WaveState::kPlanned, kThursday - 1));
  EXPECT_TRUE(HasBegun(placement, WaveState::kInProgress, kThursday - 1));
  EXPECT_FALSE(HasBegun(placement, WaveState::kInProgress, kThursday + 1));
  placement.state = PlacementState::kFailed;
  EXPECT_FALSE(HasBegun(placement, WaveState::kInProgress, kThursday));
  placement.state = PlacementState::kDue;
  placement.day.reset();
  EXPECT_FALSE(HasBegun(placement, WaveState::kInProgress, kThursday));
}

}  // namespace
}  // namespace kirikae::domain
