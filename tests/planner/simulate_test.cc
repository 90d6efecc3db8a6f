#include "service/planner/simulate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/planner/problems.h"
#include "tests/support/plan_checker.h"

namespace kirikae::planner {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const absl::CivilDay kFirst(2025, 5, 12);

PlanProblem TwoPhases() {
  PlanProblem problem = OneTeam(12);
  for (int i = 0; i < 3; ++i) AddItem(problem, "a" + std::to_string(i), 100);
  problem.phases[0].soak_days = 1;
  problem.phases.push_back({"two", {}, {}, 0});
  for (int i = 0; i < 3; ++i) AddItem(problem, "b" + std::to_string(i), 100);
  return problem;
}

Simulation Simulated(const PlanProblem& problem, const std::vector<Change>& changes) {
  auto before = Solve(problem);
  EXPECT_TRUE(before.ok()) << before.status();
  if (!before.ok()) return {};
  const auto simulation = Simulate(problem, *std::move(before), changes);
  EXPECT_TRUE(simulation.ok()) << simulation.status();
  if (!simulation.ok()) return {};
  EXPECT_THAT(CheckPlan(problem, simulation->before), IsEmpty());
  EXPECT_THAT(CheckPlan(simulation->changed, simulation->after), IsEmpty());
  return *simulation;
}

TEST(Simulate, AFailedGatePutsOffTheNextPhaseByItsDays) {
  const Simulation simulation = Simulated(TwoPhases(), {DelayGate{"one", 2}});
  ASSERT_EQ(simulation.phases.size(), 2u);
  EXPECT_EQ(simulation.phases[0].open_days_later, 0);
  EXPECT_EQ(simulation.phases[1].open_days_later, 2);
  EXPECT_EQ(simulation.phases[1].last_before, kFirst + 6);
  EXPECT_EQ(simulation.phases[1].last_after, kFirst + 8);
  EXPECT_EQ(simulation.difference.total.later, 2) << "one of three stays where it was";
}

TEST(Simulate, ADelayedPhaseCountsFromThePlanBefore) {
  const Simulation simulation = Simulated(TwoPhases(), {DelayPhase{"two", 3}});
  EXPECT_EQ(simulation.phases[1].first_before, kFirst + 4);
  EXPECT_EQ(simulation.phases[1].first_after, kFirst + 7);
}

TEST(Simulate, ADelayBeyondTheDeadlineLeavesThePhaseOut) {
  PlanProblem problem = TwoPhases();
  problem.phases[1].deadline = kFirst + 7;
  const Simulation simulation = Simulated(problem, {DelayPhase{"two", 100}});
  EXPECT_EQ(simulation.newly_left.size(), 3u);
  EXPECT_EQ(simulation.difference.total.dropped, 3);
  EXPECT_EQ(simulation.after.status, Status::kPartial);
}

TEST(Simulate, ATeamAwayFreesWhatWasFixedThere) {
  PlanProblem problem = TwoPhases();
  problem.items[0].fixed = Position{kFirst, "day", "t"};
  const Simulation simulation = Simulated(problem, {TeamAway("t", kFirst, kFirst + 1)});
  EXPECT_THAT(simulation.freed, ElementsAre("a0"));
  EXPECT_EQ(simulation.phases[0].open_days_later, 2);
  for (const Placement& row : simulation.after.placements) EXPECT_GE(row.day, kFirst + 2);
}

TEST(Simulate, ADepartmentAskingForOtherDaysMovesItsOwnOnly) {
  PlanProblem problem = OneTeam(10);
  for (int i = 0; i < 4; ++i) AddItem(problem, "i" + std::to_string(i), 50);
  problem.items[0].department = "X";
  const Simulation simulation = Simulated(problem, {AddBlackout{{kFirst, kFirst, "X", "", ""}}});
  EXPECT_EQ(simulation.phases[0].open_days_later, 0);
  for (const DepartmentMoves& row : simulation.difference.departments) {
    EXPECT_LE(row.counts.changed(), 1) << row.department;
  }
}

TEST(Simulate, SharesMinutesAndDevicesChangeTheFinish) {
  PlanProblem problem = OneTeam(20);
  for (int i = 0; i < 10; ++i) AddItem(problem, "i" + std::to_string(i), 10);
  EXPECT_EQ(Simulated(problem, {ChangeShare{"", 0.2}}).phases[0].open_days_later, 4);
  EXPECT_EQ(Simulated(problem, {ChangeShare{"D", 0.1}}).phases[0].open_days_later, 9);
  ChangeCapacity less{"t", {}};
  less.change.set_minutes = 20;
  EXPECT_EQ(Simulated(problem, {less}).phases[0].open_days_later, 4);
  problem.teams[0].devices_per_slot = 10;
  ChangeCapacity fewer{"", {}};
  fewer.change.set_devices = 5;
  EXPECT_EQ(Simulated(problem, {fewer}).phases[0].open_days_later, 1);
}

TEST(Simulate, NoChangeMovesNobody) {
  for (uint64_t seed = 0; seed < 6; ++seed) {
    const Simulation simulation = Simulated(WardLike(seed), {});
    EXPECT_EQ(simulation.difference.total.changed(), 0) << "seed " << seed;
    for (const PhaseShift& shift : simulation.phases) EXPECT_EQ(shift.open_days_later, 0);
  }
}

TEST(Simulate, NamesTheFaultOfAChangeByItsPath) {
  const PlanProblem problem = TwoPhases();
  const auto before = Solve(problem);
  ASSERT_TRUE(before.ok());
  const auto refusal = [&](Change change) {
    const auto simulation = Simulate(problem, *before, {DelayGate{"one", 1}, std::move(change)});
    EXPECT_EQ(simulation.status().code(), absl::StatusCode::kInvalidArgument);
    return std::string(simulation.status().message());
  };
  EXPECT_EQ(refusal(DelayGate{"three", 1}), "changes[1].phase: No phase is called three");
  EXPECT_EQ(refusal(TeamAway("x", kFirst, kFirst)), "changes[1].team: No team is called x");
  EXPECT_EQ(refusal(DelayPhase{"two", -1}),
            "changes[1].openDays: -1 is not a delay between 0 and 3660 days");
  EXPECT_EQ(refusal(ChangeShare{"E", 0.5}), "changes[1].pool: Nothing to be placed belongs to E");
  EXPECT_EQ(refusal(ChangeShare{"", 1.5}),
            "changes[1].share: 1.500000 is not a share between 0 and 1");
}

TEST(Simulate, IgnoresPlacementsOfItemsThatAreGone) {
  const PlanProblem problem = TwoPhases();
  auto before = Solve(problem);
  ASSERT_TRUE(before.ok());
  before->placements.push_back({"retired", kFirst, "day", "t"});
  const auto simulation = Simulate(problem, *before, {});
  ASSERT_TRUE(simulation.ok());
  EXPECT_EQ(simulation->difference.total.changed(), 0);
}

}  // namespace
}  // namespace kirikae::planner
