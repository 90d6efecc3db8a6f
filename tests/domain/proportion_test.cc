#include "service/domain/proportion.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <random>

namespace kirikae::domain {
namespace {

constexpr int kRuns = 4000;

// Of simulated phases of `devices` with a true success rate, the share that the test calls bad at
// some time.
double CalledBad(const SequentialTest& test, double rate, int devices) {
  std::mt19937_64 dice(2025);
  int bad = 0;
  for (int run = 0; run < kRuns; ++run) {
    int64_t succeeded = 0;
    int64_t failed = 0;
    for (int i = 0; i < devices; ++i) {
      const double roll = static_cast<double>(dice() >> 11U) * 0x1p-53;
      ++(roll < rate ? succeeded : failed);
      if (!CallsBad(test, succeeded, failed)) continue;
      ++bad;
      break;
    }
  }
  return static_cast<double>(bad) / kRuns;
}

TEST(LowerBound, IsWilsonsOneSidedBound) {
  // By hand with z = 1.6449: (p + z²/2n - z √(p(1-p)/n + z²/4n²)) / (1 + z²/n).
  EXPECT_NEAR(LowerBound(19, 20, 0.95), 0.804, 0.001);
  EXPECT_NEAR(LowerBound(20, 20, 0.95), 0.881, 0.001);
  EXPECT_NEAR(LowerBound(5, 6, 0.95), 0.498, 0.001);
  EXPECT_NEAR(LowerBound(970, 1000, 0.95), 0.960, 0.001);
  EXPECT_DOUBLE_EQ(LowerBound(0, 0, 0.95), 0);
  EXPECT_NEAR(LowerBound(0, 10, 0.95), 0, 1e-9);
  EXPECT_LT(LowerBound(95, 100, 0.99), LowerBound(95, 100, 0.9));
}

TEST(LowerBound, IsBelowTheTrueRateAboutAsOftenAsItSays) {
  std::mt19937_64 dice(7);
  constexpr double kRate = 0.9;
  int covered = 0;
  for (int run = 0; run < kRuns; ++run) {
    int64_t succeeded = 0;
    for (int i = 0; i < 100; ++i) {
      if (static_cast<double>(dice() >> 11U) * 0x1p-53 < kRate) ++succeeded;
    }
    if (LowerBound(succeeded, 100, 0.95) <= kRate) ++covered;
  }
  EXPECT_NEAR(static_cast<double>(covered) / kRuns, 0.95, 0.025);
}

TEST(SequentialTest, DecidesByWaldsBoundary) {
  const SequentialTest test{0.97, 0.90, 0.05};
  EXPECT_FALSE(CallsBad(test, 0, 0));
  // A failure counts ln(0.10/0.03) = 1.204, a success ln(0.90/0.97) = -0.0749; the boundary is
  // ln(19) = 2.944.
  EXPECT_FALSE(CallsBad(test, 0, 2));
  EXPECT_TRUE(CallsBad(test, 0, 3));
  EXPECT_TRUE(CallsBad(test, 8, 3));
  EXPECT_FALSE(CallsBad(test, 9, 3));
}

TEST(SequentialTest, IsRightAsOftenAsItSaysInSimulation) {
  const SequentialTest test{0.97, 0.90, 0.05};
  EXPECT_LT(CalledBad(test, 0.97, 1000), 0.05 / 0.95 + 0.01) << "a good rate";
  EXPECT_GT(CalledBad(test, 0.90, 1000), 0.95) << "a bad rate";
  EXPECT_GT(CalledBad(test, 0.80, 100), 0.95) << "a very bad rate is noticed soon";
}

}  // namespace
}  // namespace kirikae::domain
