#include "service/planner/left_groups.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "service/planner/solver.h"
#include "tests/planner/problems.h"

namespace kirikae::planner {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(LeftGroups, NothingLeftOutIsNoGroup) {
  PlanProblem problem = OneTeam(2);
  AddItem(problem, "a", 10);
  const auto solution = Solve(problem);
  ASSERT_TRUE(solution.ok());
  EXPECT_THAT(GroupLeft(problem, *solution), IsEmpty());
}

TEST(LeftGroups, AreByReasonsAndDepartmentTheLargestFirst) {
  PlanProblem problem = OneTeam(1);
  AddItem(problem, "late", 10).not_before = problem.calendar.last_day + 3;
  AddItem(problem, "stays", 100).weight = 9;
  for (const char* id : {"x", "y", "z"}) AddItem(problem, id, 20).department = "full";
  for (const char* id : {"p", "q"}) AddItem(problem, id, 30).weight = 2;
  const auto solution = Solve(problem, WithoutRelaxations());
  ASSERT_TRUE(solution.ok());
  ASSERT_THAT(solution->left, SizeIs(6));
  const std::vector<LeftGroup> groups = GroupLeft(problem, *solution);
  ASSERT_THAT(groups, SizeIs(3));
  EXPECT_EQ(solution->left_groups, groups);
  EXPECT_EQ(groups[0].department, "full");
  EXPECT_THAT(groups[0].items, ElementsAre("x", "y", "z"));
  EXPECT_THAT(groups[0].codes, ElementsAre(LeftCode::kCapacity));
  EXPECT_EQ(groups[0].minutes, 60);
  EXPECT_EQ(groups[0].weight, 3);
  EXPECT_THAT(groups[1].items, ElementsAre("p", "q"));
  EXPECT_EQ(groups[1].department, "D");
  EXPECT_EQ(groups[1].weight, 4);
  EXPECT_THAT(groups[2].items, ElementsAre("late"));
  EXPECT_THAT(groups[2].codes, ElementsAre(LeftCode::kNotReadyInTime));
}

TEST(LeftGroups, AGroupStaysTogetherAcrossDepartments) {
  PlanProblem problem = OneTeam(1);
  for (const char* id : {"a", "b"}) {
    Item& item = AddItem(problem, id, 60);
    item.group = "pair";
    item.department = id;
  }
  const auto solution = Solve(problem, WithoutRelaxations());
  ASSERT_TRUE(solution.ok());
  const std::vector<LeftGroup> groups = GroupLeft(problem, *solution);
  ASSERT_THAT(groups, SizeIs(1));
  EXPECT_EQ(groups[0].group, "pair");
  EXPECT_EQ(groups[0].department, "a");
  EXPECT_THAT(groups[0].items, ElementsAre("a", "b"));
  EXPECT_THAT(groups[0].codes, ElementsAre(LeftCode::kGroupTooLarge));
  EXPECT_THAT(groups[0].reasons, SizeIs(1));
}

/// Reasons with different numbers are one group by their codes; only what all share is said.
TEST(LeftGroups, SayOnlyTheReasonsThatAllShare) {
  PlanProblem problem = OneTeam(1);
  AddItem(problem, "a", 101);
  AddItem(problem, "b", 102);
  const auto solution = Solve(problem, WithoutRelaxations());
  ASSERT_TRUE(solution.ok());
  const std::vector<LeftGroup> groups = GroupLeft(problem, *solution);
  ASSERT_THAT(groups, SizeIs(1));
  EXPECT_THAT(groups[0].items, SizeIs(2));
  EXPECT_THAT(groups[0].reasons, IsEmpty());
}

}  // namespace
}  // namespace kirikae::planner
