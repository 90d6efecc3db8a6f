#include "service/planner/compare.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "service/planner/solver.h"
#include "tests/planner/problems.h"

namespace kirikae::planner {
namespace {

using ::testing::IsEmpty;

const absl::CivilDay kFirst(2025, 5, 12);

Calendar AnyDays(int days) {
  Calendar calendar;
  calendar.first_day = kFirst;
  calendar.last_day = kFirst + (days - 1);
  for (int w = 0; w < 7; ++w) calendar.weekly_open.push_back(static_cast<absl::Weekday>(w));
  return calendar;
}

TEST(ComparePlans, CountsEveryKindOfMoveByDepartment) {
  const std::vector<Placement> before = {
      {"stays", kFirst, "am", "a"},     {"late", kFirst + 6, "am", "a"},
      {"early", kFirst + 7, "am", "a"}, {"slot", kFirst + 1, "am", "a"},
      {"team", kFirst + 2, "am", "a"},  {"gone", kFirst + 3, "am", "a"}};
  const std::vector<Placement> after = {
      {"stays", kFirst, "am", "a"},     {"late", kFirst + 7, "am", "a"},
      {"early", kFirst + 6, "am", "a"}, {"slot", kFirst + 1, "pm", "a"},
      {"team", kFirst + 2, "am", "b"},  {"new", kFirst + 3, "am", "a"}};
  const Departments departments = {{"stays", "A"}, {"late", "A"}, {"early", "A"},
                                   {"slot", "B"},  {"team", "B"}, {"gone", "B"}};
  const PlanDifference difference = ComparePlans(before, after, departments, AnyDays(10));
  EXPECT_EQ(difference.total.unchanged, 1);
  EXPECT_EQ(difference.total.later, 1);
  EXPECT_EQ(difference.total.earlier, 1);
  EXPECT_EQ(difference.total.within_day, 2);
  EXPECT_EQ(difference.total.added, 1);
  EXPECT_EQ(difference.total.dropped, 1);
  EXPECT_EQ(difference.total.changed(), 6);
  EXPECT_DOUBLE_EQ(difference.total.cost, 1 + 1 + 0.25 + 0.25 + 3);
  ASSERT_EQ(difference.departments.size(), 3u);
  EXPECT_EQ(difference.departments[0].department, "");
  EXPECT_EQ(difference.departments[0].counts.added, 1);
  EXPECT_EQ(difference.departments[2].counts.within_day, 2);
  EXPECT_DOUBLE_EQ(difference.departments[2].counts.cost, 3.5);
  ASSERT_EQ(difference.moves.size(), 6u);
  EXPECT_EQ(difference.moves.front().item, "slot");
  EXPECT_TRUE(difference.moves.front().slot_changed());
  EXPECT_FALSE(difference.moves.front().day_changed());
}

TEST(ComparePlans, CostIsWhatTheSolverCallsStability) {
  int compared = 0;
  for (uint64_t seed = 0; seed < 600; ++seed) {
    PlanProblem problem = RandomSmall(seed);
    const auto solution = Solve(problem, WithoutRelaxations());
    if (!solution.ok()) continue;
    std::vector<Placement> published;
    for (const Item& item : problem.items) {
      if (!item.published.has_value()) continue;
      published.push_back(
          {item.id, item.published->day, item.published->slot, item.published->team});
    }
    const PlanDifference difference =
        ComparePlans(published, solution->placements, DepartmentsOf(problem), problem.calendar);
    for (const ObjectiveResult& row : solution->objectives) {
      if (row.name != Objective::kStability) continue;
      EXPECT_NEAR(difference.total.cost, row.value, 1e-9) << "seed " << seed;
      compared += row.value > 0 ? 1 : 0;
    }
  }
  EXPECT_GT(compared, 100);
}

TEST(ComparePlans, APlanDoesNotDifferFromItself) {
  const PlanProblem problem = WardLike(3);
  const auto solution = Solve(problem);
  ASSERT_TRUE(solution.ok());
  const PlanDifference difference = ComparePlans(problem, *solution, *solution);
  EXPECT_THAT(difference.moves, IsEmpty());
  EXPECT_EQ(difference.total.unchanged, 700);
  EXPECT_EQ(difference.total.cost, 0);
}

}  // namespace
}  // namespace kirikae::planner
