// Each hard rule of the planner alone, on a problem small enough to see the answer.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "service/planner/solver.h"
#include "tests/planner/problems.h"
#include "tests/support/plan_checker.h"

namespace kirikae::planner {
namespace {

using ::testing::IsEmpty;

const absl::CivilDay kFirst(2025, 5, 12);

PlanSolution Solved(const PlanProblem& problem) {
  const auto solution = Solve(problem);
  EXPECT_TRUE(solution.ok()) << solution.status();
  if (!solution.ok()) return {};
  EXPECT_THAT(CheckPlan(problem, *solution), IsEmpty());
  return *solution;
}

/// Number of days after the first on which the last phase ends; -1 when nothing of it is placed.
int64_t LastDay(const PlanSolution& solution) {
  const PhaseResult& phase = solution.phases.back();
  return phase.last_day.has_value() ? *phase.last_day - kFirst : -1;
}

std::map<std::string, LeftCode> FirstCodes(const PlanSolution& solution) {
  std::map<std::string, LeftCode> codes;
  for (const Left& left : solution.left) codes[left.item] = left.reasons.front().code;
  return codes;
}

PlanProblem Items(int count, int64_t minutes, int days = 10) {
  PlanProblem problem = OneTeam(days);
  for (int i = 0; i < count; ++i) AddItem(problem, "i" + std::to_string(i), minutes);
  return problem;
}

TEST(OpenDayRule, ClosedDaysAndWeekdaysAreSkippedAndOpenDaysUsed) {
  PlanProblem problem = Items(3, 100);
  problem.calendar.weekly_open = {absl::Weekday::monday, absl::Weekday::tuesday};
  problem.calendar.closed_days = {kFirst + 1};
  problem.calendar.open_days = {kFirst + 5};
  const PlanSolution solution = Solved(problem);
  EXPECT_EQ(solution.status, Status::kOptimal);
  EXPECT_EQ(solution.placements[1].day, kFirst + 5);
  EXPECT_EQ(LastDay(solution), 7);
}

TEST(OpenDayRule, WithoutWeekdaysOnlyTheOpenDaysAre) {
  PlanProblem problem = Items(1, 10);
  problem.calendar.weekly_open.clear();
  EXPECT_FALSE(Solve(problem).ok());
  problem.calendar.open_days = {kFirst + 5};
  EXPECT_EQ(LastDay(Solved(problem)), 5);
}

TEST(CapacityRule, MinutesAndDevicesLimitASlot) {
  EXPECT_EQ(LastDay(Solved(Items(5, 50))), 2);
  PlanProblem problem = Items(5, 10);
  problem.teams[0].devices_per_slot = 2;
  EXPECT_EQ(LastDay(Solved(problem)), 2);
  problem.teams[0].minutes_per_slot.reset();
  EXPECT_EQ(LastDay(Solved(problem)), 2);
}

TEST(CapacityRule, LastSetComesFirstThenAllAddsNeverBelowZero) {
  PlanProblem problem = Items(2, 50);
  CapacityChange set, later_set, add;
  set.set_minutes = 500;
  later_set.set_minutes = 20;
  add.add_minutes = 15;
  problem.teams[0].changes = {add, set, add, later_set};
  EXPECT_EQ(LastDay(Solved(problem)), 1) << "20 + 15 + 15 minutes a day";
  problem.teams[0].changes[3].set_minutes = 19;
  EXPECT_EQ(Solved(problem).status, Status::kInfeasible);
  CapacityChange less;
  less.to = kFirst;
  less.add_minutes = -1'000;
  problem.teams[0].changes = {less};
  EXPECT_EQ(LastDay(Solved(problem)), 1);
}

TEST(CapacityRule, ChangesMatchDayWeekdayAndSlot) {
  PlanProblem problem = Items(2, 100);
  problem.calendar.slots = {"am", "pm"};
  CapacityChange change;
  change.weekday = absl::Weekday::monday;
  change.slot = "pm";
  change.set_minutes = 0;
  problem.teams[0].changes = {change};
  EXPECT_EQ(LastDay(Solved(problem)), 1);
}

TEST(CapacityRule, VisitMinutesCountOncePerSiteAndSlot) {
  PlanProblem problem = Items(4, 20);
  problem.policy.visit_minutes = 20;
  EXPECT_EQ(LastDay(Solved(problem)), 0) << "20 + 4 * 20";
  problem.items[3].site = "branch";
  EXPECT_EQ(LastDay(Solved(problem)), 1) << "a second visit no longer fits";
}

TEST(CapacityRule, TeamsServeTheirSitesOnly) {
  PlanProblem problem = Items(2, 20);
  problem.items[1].site = "branch";
  problem.teams[0].sites = {"main"};
  const PlanSolution solution = Solved(problem);
  EXPECT_EQ(solution.status, Status::kPartial);
  EXPECT_EQ(FirstCodes(solution)["i1"], LeftCode::kNoTeamForSite);
}

TEST(PoolRule, DepartmentShareIsFlooredAndAtLeastOne) {
  PlanProblem problem = Items(5, 1);
  problem.policy.department_daily_share = 0.4;
  EXPECT_EQ(LastDay(Solved(problem)), 2) << "2 a day";
  problem.policy.department_daily_share = 0.39;
  EXPECT_EQ(LastDay(Solved(problem)), 4) << "1 a day";
  problem.pools = {{"D", 10, 0.3, 0}};
  EXPECT_EQ(LastDay(Solved(problem)), 1) << "3 a day of a size of 10";
}

TEST(PoolRule, ExplicitPoolsCountOverDepartmentsTeamsAndSlots) {
  PlanProblem problem = Items(4, 1);
  problem.calendar.slots = {"am", "pm"};
  problem.teams.push_back(problem.teams[0]);
  problem.teams[1].id = "u";
  for (Item& item : problem.items) {
    item.pools = {"counter"};
    item.department = item.id;
  }
  problem.pools = {{"counter", {}, {}, 1}};
  const PlanSolution solution = Solved(problem);
  EXPECT_EQ(LastDay(solution), 3);
  EXPECT_EQ(solution.phases[0].bound_by, BoundBy::kPoolLimit);
}

TEST(GroupRule, GroupsStayTogetherOrStayOut) {
  PlanProblem problem = Items(4, 40);
  problem.items[1].group = problem.items[2].group = "g";
  const PlanSolution solution = Solved(problem);
  EXPECT_EQ(solution.placements[1].day, solution.placements[2].day);
  problem.pools = {{"D", {}, {}, 1}};
  const PlanSolution apart = Solved(problem);
  EXPECT_EQ(FirstCodes(apart), (std::map<std::string, LeftCode>{{"i1", LeftCode::kGroupTooLarge},
                                                                {"i2", LeftCode::kGroupTooLarge}}));
}

TEST(GroupRule, RestOfAGroupGoesWhereItsFixedItemIs) {
  PlanProblem problem = Items(2, 40);
  problem.items[0].group = problem.items[1].group = "g";
  problem.items[0].fixed = Position{kFirst + 3, "day", "t"};
  EXPECT_EQ(LastDay(Solved(problem)), 3);
  EXPECT_EQ(Solved(problem).placements[1].day, kFirst + 3);
}

TEST(GroupRule, GroupOverTwoPhasesIsLeftOut) {
  PlanProblem problem = Items(1, 10);
  problem.phases.push_back({"two", {}, {}, 0});
  AddItem(problem, "late", 10).group = "g";
  problem.items[0].group = "g";
  const PlanSolution solution = Solved(problem);
  EXPECT_EQ(solution.status, Status::kInfeasible);
  EXPECT_EQ(FirstCodes(solution)["late"], LeftCode::kPhaseOrder);
}

TEST(WindowRule, ItemsKeepTheirDates) {
  PlanProblem problem = Items(3, 60);
  problem.items[0].not_before = kFirst + 6;
  problem.items[1].not_after = kFirst;
  const PlanSolution solution = Solved(problem);
  EXPECT_EQ(solution.placements[1].day, kFirst);
  EXPECT_EQ(LastDay(solution), 6);
  EXPECT_EQ(solution.phases[0].bound_by, BoundBy::kNotReady);
  problem.items[0].not_before = kFirst + 60;
  EXPECT_EQ(FirstCodes(Solved(problem))["i0"], LeftCode::kNotReadyInTime);
}

TEST(BlackoutRule, CoversADepartmentAndAllUnderIt) {
  PlanProblem problem = Items(2, 10);
  problem.items[0].department = "D/sub";
  problem.items[1].department = "Dsub";
  problem.items[1].not_after = kFirst;
  problem.blackouts = {{kFirst, kFirst + 3, "D", "", ""}};
  const PlanSolution solution = Solved(problem);
  EXPECT_EQ(solution.placements[0].day, kFirst + 4);
  EXPECT_EQ(solution.placements[1].day, kFirst);
  problem.blackouts[0].to.reset();
  EXPECT_EQ(FirstCodes(Solved(problem))["i0"], LeftCode::kBlackedOut);
  problem.blackouts[0].site = "branch";
  EXPECT_EQ(Solved(problem).status, Status::kOptimal);
}

TEST(PhaseRule, NextPhaseWaitsForTheSoakInOpenDays) {
  PlanProblem problem = Items(1, 10, 14);
  problem.calendar.weekly_open = MondayToFriday();
  problem.phases[0].soak_days = 5;
  problem.phases.push_back({"two", {}, {}, 0});
  AddItem(problem, "late", 10);
  const PlanSolution solution = Solved(problem);
  EXPECT_EQ(LastDay(solution), 8) << "Monday, five open days, then Tuesday of the next week";
  EXPECT_EQ(solution.phases[1].bound_by, BoundBy::kPhaseOrder);
}

TEST(PhaseRule, AnEmptyPhaseIsPassedOver) {
  PlanProblem problem = Items(1, 10);
  problem.phases[0].soak_days = 2;
  problem.phases.push_back({"none", {}, {}, 5});
  problem.phases.push_back({"three", {}, {}, 0});
  AddItem(problem, "late", 10);
  EXPECT_EQ(LastDay(Solved(problem)), 3);
}

TEST(PhaseRule, StartAndDeadlineHold) {
  PlanProblem problem = Items(3, 100);
  problem.phases[0].not_before = kFirst + 2;
  problem.phases[0].deadline = kFirst + 3;
  const PlanSolution solution = Solved(problem);
  EXPECT_EQ(solution.placements.size(), 2u);
  EXPECT_EQ(solution.placements[0].day, kFirst + 2);
  EXPECT_EQ(solution.status, Status::kPartial);
  EXPECT_EQ(solution.left[0].reasons.front().code, LeftCode::kCapacity);
}

TEST(HelpDeskRule, TicketsOfEarlierDaysCount) {
  PlanProblem problem = Items(3, 10);
  problem.policy.help_desk = {{1, 1}, 1};
  EXPECT_EQ(LastDay(Solved(problem)), 4) << "every other day";
  problem.policy.help_desk.daily_limit = 0;
  EXPECT_EQ(LastDay(Solved(problem)), 0) << "0 is no limit";
  problem.policy.help_desk.daily_limit = 0.5;
  EXPECT_EQ(Solved(problem).left.front().reasons.front().code, LeftCode::kHelpDesk);
}

TEST(HelpDeskRule, TicketsCarriedOverLeaveLessRoom) {
  PlanProblem problem = Items(2, 10);
  problem.policy.help_desk = {{1, 1}, 2, {2, 1.5, 1}};
  const PlanSolution solution = Solved(problem);
  EXPECT_EQ(solution.phases[0].last_day, kFirst + 3) << "room for one on the third day, not before";
  EXPECT_EQ(solution.status, Status::kOptimal);
  EXPECT_EQ(solution.phases[0].bound_by, BoundBy::kHelpDesk);
  problem.items.pop_back();
  EXPECT_EQ(LastDay(Solved(problem)), 2);
  problem.policy.help_desk.carried = {9, 9};
  EXPECT_EQ(LastDay(Solved(problem)), 2) << "more than the limit is nobody's fault";
  problem.policy.help_desk.tickets_per_device = {0, 1};
  problem.policy.help_desk.carried = {9};
  EXPECT_EQ(LastDay(Solved(problem)), 0) << "no ticket is added to the day that is full";
}

TEST(FixedRule, FixedItemsStayAndUseCapacity) {
  PlanProblem problem = Items(2, 60);
  problem.items[0].fixed = Position{kFirst, "day", "t"};
  EXPECT_EQ(LastDay(Solved(problem)), 1);
  problem.items[0].fixed->day = kFirst + 5;
  const PlanSolution solution = Solved(problem);
  EXPECT_EQ(LastDay(solution), 5);
  EXPECT_EQ(solution.phases[0].bound_by, BoundBy::kFixed);
}

TEST(FixedRule, FixedItemOfALaterPhaseEndsTheEarlierOne) {
  PlanProblem problem = Items(3, 100);
  problem.phases.push_back({"two", {}, {}, 0});
  AddItem(problem, "late", 10).fixed = Position{kFirst + 2, "day", "t"};
  const PlanSolution solution = Solved(problem);
  EXPECT_EQ(solution.left.size(), 1u);
}

}  // namespace
}  // namespace kirikae::planner
