// The solver against an exhaustive oracle on thousands of small random problems.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <vector>

#include "service/planner/solver.h"
#include "tests/planner/problems.h"
#include "tests/support/plan_checker.h"
#include "tests/support/plan_oracle.h"

namespace kirikae::planner {
namespace {

using ::testing::IsEmpty;

class Days {
 public:
  explicit Days(const PlanProblem& problem) : days_(CalendarDays(problem.calendar)) {}
  int Number(const std::optional<absl::CivilDay>& day) const {
    if (!day.has_value()) return -1;
    return static_cast<int>(std::find(days_.begin(), days_.end(), *day) - days_.begin());
  }

 private:
  std::vector<absl::CivilDay> days_;
};

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

TEST(Oracle, AgreesWithTheSolverOnPlacedAndFinishAndIsNeverBelowABound) {
  int agreed = 0, refused = 0, too_large = 0, partial = 0;
  for (uint64_t seed = 0; seed < 6'000; ++seed) {
    const PlanProblem problem = RandomSmall(seed);
    const auto solution = Solve(problem);
    if (!solution.ok()) {
      ++refused;
      continue;
    }
    ASSERT_THAT(CheckPlan(problem, *solution), IsEmpty()) << "seed " << seed;
    const auto best = SolveExhaustively(problem);
    if (!best.has_value()) {
      ++too_large;
      continue;
    }
    const Days days(problem);
    EXPECT_NEAR(solution->objectives[0].value, best->placed_weight, 1e-6) << "seed " << seed;
    for (size_t p = 0; p < problem.phases.size(); ++p) {
      const PhaseResult& phase = solution->phases[p];
      EXPECT_EQ(days.Number(phase.last_day), best->last_day[p]) << "seed " << seed;
      if (best->last_day[p] >= 0) {
        EXPECT_LE(days.Number(phase.last_day_bound), best->last_day[p]) << "seed " << seed;
      }
    }
    EXPECT_GE(solution->objectives[2].value, best->stability - 1e-9) << "seed " << seed;
    ++agreed;
    partial += solution->left.empty() ? 0 : 1;
  }
  std::printf("compared %d (%d with something left out), refused %d, too large %d\n", agreed,
              partial, refused, too_large);
  EXPECT_GT(agreed, 4'000);
  EXPECT_GT(partial, 500);
  EXPECT_LT(too_large, 60);
}

}  // namespace
}  // namespace kirikae::planner
