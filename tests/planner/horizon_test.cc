#include "service/planner/horizon.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "service/planner/solver.h"
#include "tests/planner/problems.h"
#include "tests/support/plan_checker.h"

namespace kirikae::planner {
namespace {

using ::testing::IsEmpty;

const absl::CivilDay kFirst(2025, 5, 12);

TEST(Horizon, EachItemMayNeedADayOfItsOwn) {
  PlanProblem problem = OneTeam(30);
  for (const char* id : {"a", "b", "c"}) AddItem(problem, id, 100);
  EXPECT_EQ(LastUsefulDay(problem), kFirst + 2);
}

TEST(Horizon, ThePhasesFollowOneAnotherWithTheirSoak) {
  PlanProblem problem = OneTeam(30);
  problem.phases[0].soak_days = 3;
  for (const char* id : {"a", "b"}) AddItem(problem, id, 100);
  problem.phases.push_back({"two", std::nullopt, std::nullopt, 9});
  AddItem(problem, "c", 100);
  EXPECT_EQ(LastUsefulDay(problem), kFirst + 5);
}

/// The latest start of a phase lay after the calendar, so no day was kept for an earlier start.
TEST(Horizon, APhaseThatMayBeginTooLateKeepsTheWholeCalendar) {
  PlanProblem problem = OneTeam(3);
  problem.phases[0].soak_days = 1;
  for (const char* id : {"a", "b"}) AddItem(problem, id, 10);
  problem.phases.push_back({"two", std::nullopt, std::nullopt, 0});
  AddItem(problem, "c", 10);
  EXPECT_EQ(LastUsefulDay(problem), kFirst + 2);
  const auto solution = Solve(problem);
  ASSERT_TRUE(solution.ok());
  EXPECT_THAT(solution->left, IsEmpty());
}

TEST(Horizon, WhatBeginsLateCountsAndWhatEndsDoesNot) {
  PlanProblem problem = OneTeam(30);
  Item& item = AddItem(problem, "a", 100);
  item.not_after = kFirst + 20;
  problem.phases[0].deadline = kFirst + 22;
  problem.blackouts.push_back({kFirst + 25, std::nullopt, "", "", ""});
  EXPECT_EQ(LastUsefulDay(problem), kFirst);
  problem.blackouts[0] = {std::nullopt, kFirst + 8, "", "", ""};
  EXPECT_EQ(LastUsefulDay(problem), kFirst + 9);
  item.not_before = kFirst + 10;
  EXPECT_EQ(LastUsefulDay(problem), kFirst + 10);
  item.published = Position{kFirst + 11, "day", "t"};
  EXPECT_EQ(LastUsefulDay(problem), kFirst + 12);
  CapacityChange change;
  change.from = kFirst + 13;
  change.to = kFirst + 13;
  change.add_minutes = 5;
  problem.teams[0].changes.push_back(change);
  EXPECT_EQ(LastUsefulDay(problem), kFirst + 14);
}

TEST(Horizon, ATeamThatDiffersByWeekdayNeedsAWeekForEachItem) {
  PlanProblem problem = OneTeam(30);
  AddItem(problem, "a", 100);
  CapacityChange change;
  change.weekday = absl::GetWeekday(kFirst + 4);
  change.add_minutes = 5;
  problem.teams[0].changes.push_back(change);
  EXPECT_EQ(LastUsefulDay(problem), kFirst + 6);
}

/// Tickets of later days fall beyond the end of the calendar, so the last days take more.
TEST(Horizon, AHelpDeskThatCountsLaterDaysKeepsTheWholeCalendar) {
  PlanProblem problem = OneTeam(30);
  AddItem(problem, "a", 100);
  problem.policy.help_desk = {{0, 2}, 1, {}};
  EXPECT_EQ(LastUsefulDay(problem), problem.calendar.last_day);
  const auto solution = Solve(problem);
  ASSERT_TRUE(solution.ok());
  ASSERT_EQ(solution->placements.size(), 1u);
  EXPECT_EQ(solution->placements[0].day, problem.calendar.last_day);
}

/// It took 13 seconds: a whole search listed every place and asked for each whether time was up.
TEST(Horizon, FourMillionPlacesForFiveItemsCostFewSteps) {
  PlanProblem problem = FarHorizon();
  auto solution = Solve(problem);
  ASSERT_TRUE(solution.ok());
  EXPECT_EQ(solution->status, Status::kOptimal);
  EXPECT_LT(solution->steps, 20'000);
  EXPECT_THAT(CheckPlan(problem, *solution), IsEmpty());

  problem.items[0].not_before = problem.calendar.last_day - 5;
  solution = Solve(problem);
  ASSERT_TRUE(solution.ok());
  EXPECT_EQ(solution->status, Status::kOptimal);
  EXPECT_LT(solution->steps, 20'000);
}

TEST(Horizon, AShortageIsSaidOfTheWholeCalendar) {
  PlanProblem problem = OneTeam(30);
  AddItem(problem, "a", 101);
  problem.policy.objectives.clear();
  const auto solution = Solve(problem);
  ASSERT_TRUE(solution.ok());
  ASSERT_EQ(solution->left.size(), 1u);
  ASSERT_FALSE(solution->relaxations.empty());
  for (const domain::Sentence& sentence : solution->relaxations[0].effect) {
    EXPECT_EQ(sentence.English().find("short"), std::string::npos) << sentence.English();
  }
}

}  // namespace
}  // namespace kirikae::planner
