#include "service/server/clock_watch.h"

#include <gtest/gtest.h>

#include <string>

#include "service/domain/error_detail.h"

namespace kirikae::server {
namespace {

class ClockWatchTest : public ::testing::Test {
 protected:
  // Real time passes, and the clock shows that much more.
  void Pass(absl::Duration real, absl::Duration shown) {
    steady_ += real;
    wall_ += shown;
  }
  ClockWatch Watch(absl::Time newest = absl::InfinitePast()) {
    return ClockWatch([this] { return wall_; }, [this] { return steady_; }, newest);
  }
  static std::string ReasonOf(const absl::Status& status) {
    const auto detail = domain::DetailOf(status);
    return detail.has_value() ? detail->reason : "";
  }

  absl::Time wall_ = absl::FromUnixSeconds(1'700'000'000);
  absl::Time steady_ = absl::FromUnixSeconds(1'000);
};

TEST_F(ClockWatchTest, AClockThatRunsALittleFastOrSlowIsRight) {
  ClockWatch watch = Watch();
  for (int i = 0; i < 100; ++i) {
    Pass(absl::Minutes(10), absl::Minutes(10) + absl::Seconds(50));
    EXPECT_TRUE(watch.Check().ok());
    Pass(absl::Minutes(10), absl::Minutes(10) - absl::Seconds(50));
    EXPECT_TRUE(watch.Check().ok());
  }
}

TEST_F(ClockWatchTest, AJumpEitherWayStopsWritesUntilTheClockIsBack) {
  for (const absl::Duration jump : {absl::Hours(24 * 90), -absl::Hours(24 * 90)}) {
    ClockWatch watch = Watch();
    Pass(absl::Seconds(1), jump);
    const absl::Status refused = watch.Check();
    EXPECT_EQ(refused.code(), absl::StatusCode::kUnavailable);
    EXPECT_EQ(ReasonOf(refused), "CLOCK_JUMPED");
    Pass(absl::Seconds(1), absl::Seconds(1));
    EXPECT_EQ(ReasonOf(watch.Check()), "CLOCK_JUMPED");
    Pass(absl::Seconds(1), -jump + absl::Seconds(1));
    EXPECT_TRUE(watch.Check().ok());
  }
}

TEST_F(ClockWatchTest, AClockBehindTheNewestRecordIsWrongFromTheStart) {
  ClockWatch watch = Watch(wall_ + absl::Hours(24 * 90));
  EXPECT_EQ(ReasonOf(watch.Check()), "CLOCK_JUMPED");
  watch.Accept();
  EXPECT_TRUE(watch.Check().ok());
}

TEST_F(ClockWatchTest, AClockHalfAMinuteBehindTheNewestRecordIsRight) {
  EXPECT_TRUE(Watch(wall_ + absl::Seconds(30)).Check().ok());
}

TEST_F(ClockWatchTest, ALongSleepOfTheMachineIsNoJump) {
  ClockWatch watch = Watch();
  Pass(absl::Hours(60), absl::Hours(60));
  EXPECT_TRUE(watch.Check().ok());
}

}  // namespace
}  // namespace kirikae::server
