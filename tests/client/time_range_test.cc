#include "client/cli/time_range.h"

#include <gtest/gtest.h>

#include "client/cli/failure.h"

namespace kirikae::cli {
namespace {

TEST(TimeRange, ADayBeginsAndEndsAtTheWardsMidnight) {
  const TimeRange range("2025-04-04", "2025-04-04");
  EXPECT_TRUE(range.IsBefore("2025-04-03T14:59:59Z"));
  EXPECT_FALSE(range.IsBefore("2025-04-03T15:00:00Z"));
  EXPECT_FALSE(range.IsAfter("2025-04-04T14:59:59.999Z"));
  EXPECT_TRUE(range.IsAfter("2025-04-04T15:00:00Z"));
}

TEST(TimeRange, ATimeEndsBeforeIt) {
  const TimeRange range("2025-04-04 09:30", "2025-04-04 15:00");
  EXPECT_TRUE(range.IsBefore("2025-04-04T00:29:59Z"));
  EXPECT_FALSE(range.IsBefore("2025-04-04T00:30:00Z"));
  EXPECT_FALSE(range.IsAfter("2025-04-04T05:59:59Z"));
  EXPECT_TRUE(range.IsAfter("2025-04-04T06:00:00Z"));
}

TEST(TimeRange, AnOpenEndHoldsEverything) {
  const TimeRange range("", "");
  EXPECT_FALSE(range.IsBefore("1970-01-01T00:00:00Z"));
  EXPECT_FALSE(range.IsAfter("2999-01-01T00:00:00Z"));
}

TEST(TimeRange, OtherFormsAndAnEndBeforeTheBeginningAreRefused) {
  EXPECT_THROW(TimeRange("soon", ""), Failure);
  EXPECT_THROW(TimeRange("", "2025-02-30"), Failure);
  EXPECT_THROW(TimeRange("2025-04-05", "2025-04-04"), Failure);
}

}  // namespace
}  // namespace kirikae::cli
