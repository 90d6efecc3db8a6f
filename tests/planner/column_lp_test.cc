#include "service/planner/column_lp.h"

#include <gtest/gtest.h>

namespace kirikae::planner {
namespace {

TEST(ColumnLp, FindsThePricesOfASmallProgram) {
  // Most of 3x + 2y with x + y <= 4, x + 3y <= 6, x <= 3: 11, at x = 3 and y = 1.
  ColumnLp lp({4, 6, 3}, 100);
  const ColumnLp::Column x = {{0, 1}, {1, 1}, {2, 1}}, y = {{0, 1}, {1, 3}};
  for (int round = 0; round < 10; ++round) {
    lp.FreeRows();
    lp.Enter(x, 3);
    lp.Enter(y, 2);
  }
  EXPECT_NEAR(lp.Worth(), 11, 1e-9);
  EXPECT_LE(lp.Gain(x, 3), 1e-9);
  EXPECT_LE(lp.Gain(y, 2), 1e-9);
  EXPECT_NEAR(4 * lp.prices()[0] + 6 * lp.prices()[1] + 3 * lp.prices()[2], 11, 1e-9);
}

TEST(ColumnLp, AColumnThatGainsNothingStaysOut) {
  ColumnLp lp({1}, 100);
  EXPECT_TRUE(lp.Enter({{0, 1}}, 2));
  EXPECT_FALSE(lp.Enter({{0, 1}}, 2));
  EXPECT_FALSE(lp.Enter({{0, 1}}, 1));
}

TEST(ColumnLp, ANegativeSupplyIsADemand) {
  // At least 2 of x, each of which costs 1; at most 5.
  ColumnLp lp({5, -2}, 100);
  EXPECT_NEAR(lp.Worth(), -200, 1e-9);
  const ColumnLp::Column x = {{0, 1}, {1, -1}};
  for (int round = 0; round < 5; ++round) {
    lp.Enter(x, -1);
    lp.FreeRows();
  }
  EXPECT_NEAR(lp.Worth(), -2, 1e-9);
}

}  // namespace
}  // namespace kirikae::planner
