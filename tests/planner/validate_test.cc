#include "service/planner/validate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

#include "service/planner/solver.h"
#include "tests/planner/problems.h"

namespace kirikae::planner {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> Paths(const PlanProblem& problem) {
  std::vector<std::string> paths;
  for (const Fault& fault : Validate(problem)) paths.push_back(fault.path);
  return paths;
}

PlanProblem Sound() {
  PlanProblem problem = OneTeam(5);
  AddItem(problem, "a", 20);
  AddItem(problem, "b", 20);
  return problem;
}

Position At(int day, const std::string& slot = "day", const std::string& team = "t") {
  return {absl::CivilDay(2025, 5, 12) + day, slot, team};
}

TEST(Validate, NamesTheLeastNumberThatCanBeWritten) {
  PlanProblem problem = Sound();
  CapacityChange change;
  change.add_minutes = std::numeric_limits<int64_t>::min();
  change.add_devices = std::numeric_limits<int64_t>::min();
  problem.teams[0].changes = {change};
  EXPECT_THAT(Paths(problem),
              ElementsAre("teams[0].changes[0].addMinutes", "teams[0].changes[0].addDevices"));
}

TEST(Validate, NamesUnknownPhase) {
  PlanProblem problem = Sound();
  problem.items[1].phase = "two";
  EXPECT_THAT(Paths(problem), ElementsAre("items[1].phase"));
  EXPECT_EQ(Validate(problem)[0].text.English(), "No phase is called two");
}

TEST(Validate, NamesDuplicateAndEmptyIds) {
  PlanProblem problem = Sound();
  problem.items[1].id = "a";
  problem.teams.push_back(problem.teams[0]);
  problem.phases.push_back({"", std::nullopt, std::nullopt, 0});
  problem.pools = {{"p", {}, {}, 0}, {"p", {}, {}, 0}};
  EXPECT_THAT(Paths(problem),
              ElementsAre("teams[1].id", "phases[1].id", "pools[1].id", "items[1].id"));
}

TEST(Validate, RefusesNegativeAndHugeNumbers) {
  PlanProblem problem = Sound();
  problem.teams[0].minutes_per_slot = -1;
  problem.phases[0].soak_days = std::numeric_limits<int64_t>::max();
  problem.items[0].minutes = -5;
  problem.items[1].minutes = 2'000'000'000;
  problem.items[1].weight = 0;
  problem.policy.visit_minutes = -1;
  problem.policy.department_daily_share = 1.5;
  problem.policy.help_desk.tickets_per_device = {std::numeric_limits<double>::quiet_NaN()};
  EXPECT_THAT(Paths(problem),
              ElementsAre("teams[0].minutesPerSlot", "phases[0].soakDays", "items[0].minutes",
                          "items[1].minutes", "items[1].weight", "policy.departmentDailyShare",
                          "policy.visitMinutes", "policy.helpDesk.ticketsPerDevice[0]"));
}

TEST(Validate, RefusesWhatIsNoNumberByItsPath) {
  const double not_a_number = std::numeric_limits<double>::quiet_NaN();
  const double infinite = std::numeric_limits<double>::infinity();
  PlanProblem problem = Sound();
  problem.pools = {{"p", -1, not_a_number, -1}, {"q", 2'000'000'000, -0.1, 2'000'000'000}};
  problem.items[0].weight = not_a_number;
  problem.items[1].weight = infinite;
  problem.policy.department_daily_share = not_a_number;
  problem.policy.help_desk = {{infinite, -1}, -infinite, {not_a_number, 1e300}};
  EXPECT_THAT(
      Paths(problem),
      ElementsAre("pools[0].size", "pools[0].dailyShare", "pools[0].dailyLimit", "pools[1].size",
                  "pools[1].dailyShare", "pools[1].dailyLimit", "items[0].weight",
                  "items[1].weight", "policy.departmentDailyShare",
                  "policy.helpDesk.ticketsPerDevice[0]", "policy.helpDesk.ticketsPerDevice[1]",
                  "policy.helpDesk.carriedTickets[0]", "policy.helpDesk.carriedTickets[1]",
                  "policy.helpDesk.dailyLimit"));
}

TEST(Validate, RefusesCalendarWithoutOpenDay) {
  PlanProblem problem = Sound();
  for (int d = 0; d < 5; ++d) problem.calendar.closed_days.push_back(At(d).day);
  EXPECT_THAT(Paths(problem), ElementsAre("calendar"));
}

TEST(Validate, RefusesInvertedDates) {
  PlanProblem problem = Sound();
  problem.calendar.last_day = problem.calendar.first_day - 1;
  problem.phases[0].not_before = At(3).day;
  problem.phases[0].deadline = At(2).day;
  problem.items[0].not_before = At(3).day;
  problem.items[0].not_after = At(2).day;
  problem.blackouts.push_back({At(2).day, At(1).day, "", "", ""});
  EXPECT_THAT(Paths(problem), ElementsAre("calendar.lastDay", "phases[0].deadline",
                                          "items[0].notAfter", "blackouts[0].to"));
}

TEST(Validate, RefusesWeekdayOutOfRange) {
  PlanProblem problem = Sound();
  problem.calendar.weekly_open[2] = static_cast<absl::Weekday>(9);
  EXPECT_THAT(Paths(problem), ElementsAre("calendar.weeklyOpen[2]"));
}

TEST(Validate, RefusesTeamWithoutAnyLimit) {
  PlanProblem problem = Sound();
  problem.teams[0].minutes_per_slot.reset();
  EXPECT_THAT(Paths(problem), ElementsAre("teams[0]"));
}

TEST(Validate, RefusesUnknownAndRepeatedObjectives) {
  PlanProblem problem = Sound();
  problem.policy.objectives = {Objective::kPlaced, static_cast<Objective>(17), Objective::kPlaced};
  EXPECT_THAT(Paths(problem), ElementsAre("policy.objectives[1]", "policy.objectives[2]"));
}

TEST(Validate, RefusesUnknownSlotsTeamsAndDaysOfFixedItems) {
  PlanProblem problem = Sound();
  problem.items[0].fixed = At(9, "am", "x");
  problem.teams[0].changes.push_back({});
  problem.teams[0].changes[0].slot = "pm";
  EXPECT_THAT(Paths(problem), ElementsAre("teams[0].changes[0].slot", "items[0].fixed.day",
                                          "items[0].fixed.slot", "items[0].fixed.team"));
}

TEST(Validate, SaysWhichRuleFixedItemsBreak) {
  PlanProblem problem = Sound();
  problem.items[0].minutes = 60;
  problem.items[1].minutes = 60;
  problem.items[0].fixed = At(1);
  problem.items[1].fixed = At(1);
  const std::vector<Fault> faults = Validate(problem);
  ASSERT_EQ(faults.size(), 2u);
  EXPECT_EQ(faults[0].path, "items[0].fixed");
  EXPECT_THAT(faults[0].text.English(), HasSubstr("more fixed on 2025-05-13"));
  const auto solution = Solve(problem);
  EXPECT_EQ(solution.status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(Validate, SaysWhenFixedItemsBreakPhaseOrderGroupOrBlackout) {
  PlanProblem problem = Sound();
  problem.phases.push_back({"two", std::nullopt, std::nullopt, 0});
  problem.items[0].fixed = At(3);
  problem.items[1].fixed = At(2);
  problem.items[1].phase = "two";
  problem.items[0].group = problem.items[1].group = "g";
  problem.blackouts.push_back({At(2).day, At(2).day, "D", "", ""});
  std::vector<std::string> texts;
  for (const Fault& fault : Validate(problem)) texts.push_back(fault.text.English());
  EXPECT_THAT(texts, Contains(HasSubstr("order of the phases")));
  EXPECT_THAT(texts, Contains("The group g is fixed in two places"));
  EXPECT_THAT(texts, Contains("2025-05-14 is blacked out"));
}

TEST(Validate, AcceptsSoundProblemAndFixedItemsThatFit) {
  PlanProblem problem = Sound();
  EXPECT_THAT(Paths(problem), IsEmpty());
  problem.items[0].fixed = At(4);
  EXPECT_THAT(Paths(problem), IsEmpty());
}

}  // namespace
}  // namespace kirikae::planner
