#include "service/planner/bins.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "service/planner/solver.h"
#include "tests/planner/problems.h"
#include "tests/support/plan_checker.h"

namespace kirikae::planner {
namespace {

using ::testing::IsEmpty;

TEST(FillBins, GivesUpOnWhatCannotFit) {
  std::vector<int> bin_of = {-1, -1, -1};
  Budget budget(1'000'000, nullptr);
  EXPECT_FALSE(FillBins({6, 6, 6}, {10, 10}, bin_of, 10'000, budget));
}

TEST(FillBins, ExchangesItsWayOutOfABadStart) {
  const std::vector<int64_t> sizes = {5, 5, 6, 4, 7, 3};
  const std::vector<int64_t> capacities = {10, 10, 10};
  std::vector<int> bin_of = {0, 1, 2, 0, -1, -1};
  Budget budget(1'000'000, nullptr);
  ASSERT_TRUE(FillBins(sizes, capacities, bin_of, 500'000, budget));
  std::vector<int64_t> load(3, 0);
  for (size_t i = 0; i < sizes.size(); ++i) {
    ASSERT_GE(bin_of[i], 0);
    load[bin_of[i]] += sizes[i];
  }
  EXPECT_EQ(load, capacities);
}

/// Triples that exactly fill days of 1000 minutes, as in Falkenauer's T sets.
TEST(Packing, TriplesNeedNoDayMoreThanTheOptimum) {
  PlanProblem problem = OneTeam(120);
  problem.teams[0].minutes_per_slot = 1'000;
  uint64_t x = 12345;
  const auto below = [&](int n) {
    x = x * 6364136223846793005u + 1442695040888963407u;
    return static_cast<int>((x >> 33) % static_cast<uint64_t>(n));
  };
  for (int i = 0; i < 83; ++i) {
    const int a = 380 + below(111);
    const int b = 250 + below((1'000 - a) / 2 - 249);
    for (int size : {a, b, 1'000 - a - b}) {
      AddItem(problem, "i" + std::to_string(problem.items.size()), size);
    }
  }
  const auto solution = Solve(problem);
  ASSERT_TRUE(solution.ok());
  EXPECT_THAT(CheckPlan(problem, *solution), IsEmpty());
  EXPECT_EQ(solution->objectives[1].bound, 83);
  EXPECT_EQ(solution->objectives[1].value, 83);
  EXPECT_EQ(solution->status, Status::kOptimal);
}

}  // namespace
}  // namespace kirikae::planner
