#include "service/domain/values.h"

#include <gtest/gtest.h>

namespace kirikae::domain {
namespace {

TEST(ValuesTest, UnknownNamesAreNothing) {
  EXPECT_EQ(FromName<AuthMethod>("FACE"), std::nullopt);
  EXPECT_EQ(FromName<AuthMethod>("PASSWORD"), std::nullopt);
  EXPECT_EQ(FromName<AuthMethod>(""), std::nullopt);
  EXPECT_EQ(Name(static_cast<Role>(0)), "");
  EXPECT_EQ(Name(static_cast<Role>(7)), "");
}

template <typename Enum>
void ExpectRoundTrip(int count) {
  for (int i = 1; i <= count; ++i) {
    const auto value = static_cast<Enum>(i);
    ASSERT_FALSE(Name(value).empty());
    EXPECT_EQ(FromName<Enum>(Name(value)), value);
  }
  EXPECT_EQ(Name(static_cast<Enum>(count + 1)), "");
}

TEST(ValuesTest, EveryValueHasANameThatReadsBack) {
  ExpectRoundTrip<AuthMethod>(3);
  ExpectRoundTrip<DeviceKind>(4);
  ExpectRoundTrip<Network>(3);
  ExpectRoundTrip<Camera>(5);
  ExpectRoundTrip<DeviceState>(3);
  ExpectRoundTrip<StaffRole>(3);
  ExpectRoundTrip<EnrolmentState>(3);
  ExpectRoundTrip<PlacementState>(9);
  ExpectRoundTrip<FailureCause>(8);
  ExpectRoundTrip<RolloutState>(5);
  ExpectRoundTrip<PlanState>(5);
  ExpectRoundTrip<WaveState>(4);
  ExpectRoundTrip<Role>(6);
}

}  // namespace
}  // namespace kirikae::domain
