#include "service/planner/reasons.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "service/planner/solver.h"
#include "tests/planner/problems.h"

namespace kirikae::planner {
namespace {

using ::testing::ElementsAre;

const absl::CivilDay kFirst(2025, 5, 12);

/// The items left out, each with its codes in order.
std::map<std::string, std::vector<LeftCode>> Codes(const PlanProblem& problem) {
  std::map<std::string, std::vector<LeftCode>> codes;
  const auto solution = Solve(problem, WithoutRelaxations());
  EXPECT_TRUE(solution.ok()) << solution.status();
  if (!solution.ok()) return codes;
  for (const Left& left : solution->left) {
    for (const LeftReason& reason : left.reasons) codes[left.item].push_back(reason.code);
  }
  return codes;
}

std::string FirstText(const PlanProblem& problem) {
  const auto solution = Solve(problem, WithoutRelaxations());
  EXPECT_TRUE(solution.ok() && !solution->left.empty());
  return solution.ok() && !solution->left.empty()
             ? solution->left.front().reasons.front().text.English()
             : "";
}

TEST(Reasons, AGroupLargerThanAnySlotIsTooLarge) {
  PlanProblem problem = OneTeam(5);
  for (const char* id : {"a", "b", "c"}) AddItem(problem, id, 40).group = "g";
  EXPECT_THAT(Codes(problem)["a"], ElementsAre(LeftCode::kGroupTooLarge));
  EXPECT_EQ(FirstText(problem),
            "Its group needs 120 minutes in one slot; no team has more than 100");
  problem.teams[0].minutes_per_slot = 120;
  EXPECT_TRUE(Codes(problem).empty());
  problem.policy.visit_minutes = 5;
  EXPECT_THAT(Codes(problem)["c"], ElementsAre(LeftCode::kGroupTooLarge));
  problem.policy.visit_minutes = 0;
  problem.teams[0].devices_per_slot = 2;
  EXPECT_THAT(Codes(problem)["b"], ElementsAre(LeftCode::kGroupTooLarge));
  EXPECT_EQ(FirstText(problem), "Its group has 3 devices for one slot; no team takes more than 2");
}

TEST(Reasons, ASingleItemLargerThanAnySlotIsForWantOfCapacity) {
  PlanProblem problem = OneTeam(5);
  AddItem(problem, "a", 101);
  EXPECT_THAT(Codes(problem)["a"], ElementsAre(LeftCode::kCapacity));
}

TEST(Reasons, WhatComesAfterItsDeadlineNamesTheTwoAndNothingElse) {
  PlanProblem problem = OneTeam(10);
  problem.phases[0].deadline = kFirst + 4;
  Team other = problem.teams[0];
  other.id = "elsewhere";
  other.sites = {"far"};
  problem.teams.push_back(other);
  problem.pools = {{"D", {}, {}, 1}};
  AddItem(problem, "early", 100).department = "D";
  AddItem(problem, "late", 100).department = "D";
  problem.items[1].not_before = kFirst + 5;
  EXPECT_THAT(Codes(problem)["late"], ElementsAre(LeftCode::kNotReadyInTime, LeftCode::kDeadline));
  EXPECT_EQ(FirstText(problem), "It may be placed only from 2025-05-17 on");
}

TEST(Reasons, EachThatByItselfKeepsItOutIsNamed) {
  PlanProblem problem = OneTeam(3);
  problem.teams[0].sites = {"main"};
  Item& item = AddItem(problem, "a", 500);
  item.site = "branch";
  item.not_before = kFirst + 30;
  EXPECT_THAT(Codes(problem)["a"], ElementsAre(LeftCode::kNoTeamForSite, LeftCode::kNotReadyInTime,
                                               LeftCode::kCapacity));
}

TEST(Reasons, ATeamThatIsAwayOnTheOnlyDaysIsNamed) {
  PlanProblem problem = OneTeam(3);
  CapacityChange away;
  away.from = away.to = kFirst + 1;
  away.set_minutes = 0;
  problem.teams[0].changes = {away};
  Item& item = AddItem(problem, "a", 10);
  item.not_before = item.not_after = kFirst + 1;
  EXPECT_THAT(Codes(problem)["a"], ElementsAre(LeftCode::kNotReadyInTime, LeftCode::kNoOpenSlot));
  problem.teams[0].changes[0].from.reset();
  problem.teams[0].changes[0].to.reset();
  EXPECT_THAT(Codes(problem)["a"], ElementsAre(LeftCode::kNoOpenSlot));
}

TEST(Reasons, CompetingDemandIsNamedOnlyWhereNothingElseKeepsItOut) {
  PlanProblem problem = OneTeam(2);
  for (const char* id : {"a", "b", "c"}) AddItem(problem, id, 100);
  const auto codes = Codes(problem);
  ASSERT_EQ(codes.size(), 1u);
  EXPECT_THAT(codes.begin()->second, ElementsAre(LeftCode::kCapacity));
  problem.teams[0].minutes_per_slot = 300;
  problem.pools = {{problem.items[0].department, {}, {}, 1}};
  ASSERT_EQ(Codes(problem).size(), 1u);
  EXPECT_THAT(Codes(problem).begin()->second, ElementsAre(LeftCode::kPoolLimit));
  problem.pools.clear();
  problem.policy.help_desk = {{1.0, 0.5}, 1.2};
  ASSERT_EQ(Codes(problem).size(), 2u);
  EXPECT_THAT(Codes(problem).begin()->second, ElementsAre(LeftCode::kHelpDesk));
}

TEST(Reasons, WhatAloneKeepsItOffACellIsNamedBesideTheCompetition) {
  PlanProblem problem = OneTeam(2);
  problem.phases = {{"p1", {}, {}, 0}, {"p2", {}, kFirst, 0}};
  AddItem(problem, "i0", 10).phase = "p1";
  problem.items[0].weight = 2;
  AddItem(problem, "i1", 10);
  // The first phase has the first day and the second one no other: the deadline of the first phase
  // prevents it.
  const auto codes = Codes(problem);
  ASSERT_EQ(codes.count("i1"), 1u);
  EXPECT_THAT(codes.at("i1"), ElementsAre(LeftCode::kPhaseOrder, LeftCode::kDeadline));
}

TEST(Reasons, NoTextNamesWhatIsNotThere) {
  PlanProblem problem = OneTeam(1);
  problem.teams[0].sites = {"main"};
  AddItem(problem, "a", 10).site = "";
  EXPECT_EQ(FirstText(problem),
            "It has no site, and every team that works serves only certain sites");
  problem.teams[0].sites.clear();
  problem.items[0].department = "";
  problem.blackouts = {{}};
  EXPECT_EQ(FirstText(problem), "The days it could have are blacked out");
  problem.blackouts.clear();
  problem.teams[0].minutes_per_slot.reset();
  problem.teams[0].devices_per_slot = 1;
  AddItem(problem, "b", 10);
  EXPECT_EQ(FirstText(problem),
            "The teams can take no further device on the days that it could have");
}

TEST(Reasons, AGroupWhoseItemsHaveNoDayInCommonSaysSo) {
  PlanProblem problem = OneTeam(5);
  for (const char* id : {"a", "b"}) AddItem(problem, id, 10).group = "g";
  problem.items[0].not_after = kFirst + 1;
  problem.items[1].not_before = kFirst + 2;
  EXPECT_THAT(Codes(problem)["a"], ElementsAre(LeftCode::kNotReadyInTime));
  EXPECT_EQ(FirstText(problem),
            "Its group has an item that may not come before 2025-05-14 and one that may not come "
            "after 2025-05-13");
}

}  // namespace
}  // namespace kirikae::planner
