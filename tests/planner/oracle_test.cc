// The solver against an exhaustive oracle on small random problems with every rule.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/planner/oracle_cases.h"
#include "tests/planner/problems.h"
#include "tests/support/plan_oracle.h"

namespace kirikae::planner {
namespace {

using ::testing::IsEmpty;

TEST(Oracle, CountsTheSmallestCaseRight) {
  PlanProblem problem = OneTeam(3);
  for (int i = 0; i < 3; ++i) AddItem(problem, "i" + std::to_string(i), 60);
  auto result = SolveExhaustively(problem);
  ASSERT_TRUE(result.has_value());
  EXPECT_EQ(result->placed_weight, 3);
  EXPECT_EQ(result->last_day, std::vector<int>{2});
  problem.phases[0].deadline = problem.calendar.first_day + 1;
  result = SolveExhaustively(problem);
  EXPECT_EQ(result->placed_weight, 2);
  EXPECT_FALSE(SolveExhaustively(problem, 3).has_value());
}

/// `deploy/test --bench` compares many more.
TEST(Oracle, AgreesWithTheSolverOnPlacedFinishAndStability) {
  const OracleTally tally = CompareWithOracle(0, 1'500);
  EXPECT_THAT(tally.mismatches, IsEmpty());
  EXPECT_GT(tally.compared, 1'200);
  EXPECT_GT(tally.partial, 300);
  EXPECT_GT(tally.proven, 300);
  EXPECT_LT(tally.too_large, 20);
}

TEST(Oracle, AgreesOnPlansMadeAgainAfterASlip) {
#if defined(__SANITIZE_THREAD__)
  constexpr int kCases = 100;  // 300 take as many seconds
#else
  constexpr int kCases = 300;
#endif
  const OracleTally tally = CompareReplansWithOracle(0, kCases);
  EXPECT_THAT(tally.mismatches, IsEmpty());
  EXPECT_GT(tally.compared, kCases / 2);
}

}  // namespace
}  // namespace kirikae::planner
