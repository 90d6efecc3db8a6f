#include "service/planner/solver.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "tests/planner/problems.h"
#include "tests/support/plan_checker.h"

namespace kirikae::planner {
namespace {

using ::testing::IsEmpty;

const absl::CivilDay kFirst(2025, 5, 12);

double ValueOf(const PlanSolution& solution, Objective name) {
  for (const ObjectiveResult& row : solution.objectives) {
    if (row.name == name) return row.value;
  }
  return -1;
}

TEST(Solve, RefusesAFaultyProblemWithPathAndCount) {
  PlanProblem problem = OneTeam(3);
  AddItem(problem, "", -1);
  const auto solution = Solve(problem);
  EXPECT_EQ(solution.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(solution.status().message(), "items[0].id: An id is needed (and 1 more)");
}

TEST(Solve, NothingToPlaceIsOptimal) {
  const auto solution = Solve(OneTeam(3));
  ASSERT_TRUE(solution.ok());
  EXPECT_EQ(solution->status, Status::kOptimal);
  EXPECT_THAT(solution->placements, IsEmpty());
}

TEST(Solve, StopsWhenAskedAndStillGivesAValidPlan) {
  const PlanProblem problem = WardLike(1);
  SolveOptions options;
  options.should_stop = [] { return true; };
  const auto solution = Solve(problem, options);
  ASSERT_TRUE(solution.ok());
  EXPECT_TRUE(solution->stopped);
  EXPECT_THAT(CheckPlan(problem, *solution), IsEmpty());
}

TEST(Solve, LeavesLightItemsOutForHeavyOnes) {
  PlanProblem problem = OneTeam(2);
  for (int i = 0; i < 4; ++i) AddItem(problem, "i" + std::to_string(i), 100).weight = 1 + i;
  const auto solution = Solve(problem);
  ASSERT_TRUE(solution.ok());
  EXPECT_EQ(solution->status, Status::kPartial);
  EXPECT_EQ(ValueOf(*solution, Objective::kPlaced), 7);
}

TEST(Solve, PacksTriplesExactly) {
  PlanProblem problem = OneTeam(20);
  const int sizes[] = {47, 27, 26, 45, 29, 26, 40, 32, 28, 38, 35, 27, 36, 34, 30};
  for (int i = 0; i < 15; ++i) AddItem(problem, "i" + std::to_string(i), sizes[i]);
  const auto solution = Solve(problem);
  ASSERT_TRUE(solution.ok());
  EXPECT_EQ(solution->status, Status::kOptimal);
  EXPECT_EQ(solution->phases[0].last_day, kFirst + 4);
}

TEST(Solve, KeepsWhatWasPublishedWhereItCan) {
  PlanProblem problem = OneTeam(10);
  for (int i = 0; i < 4; ++i) AddItem(problem, "i" + std::to_string(i), 50);
  for (int i = 0; i < 4; ++i) {
    problem.items[i].published = Position{kFirst + (i % 2), "day", "t"};
  }
  problem.items[0].minutes = 51;
  problem.items[1].minutes = 49;
  problem.items[2].minutes = 49;
  const auto solution = Solve(problem);
  ASSERT_TRUE(solution.ok());
  EXPECT_EQ(ValueOf(*solution, Objective::kStability), 0);
  EXPECT_EQ(solution->phases[0].last_day, kFirst + 1);
}

TEST(Solve, VisitsNoSiteOftenerThanNeedBe) {
  PlanProblem problem = OneTeam(7);
  problem.teams[0].minutes_per_slot = 25;
  problem.teams.push_back({"u", std::nullopt, 2, {}, {}});
  problem.policy.visit_minutes = 5;
  AddItem(problem, "i0", 25);
  AddItem(problem, "i1", 0).not_before = problem.calendar.first_day + 3;
  const auto solution = Solve(problem);
  ASSERT_TRUE(solution.ok());
  EXPECT_EQ(solution->objectives[3].value, 1);
  EXPECT_EQ(solution->objectives[3].bound, 1);
  EXPECT_EQ(solution->placements[0].team, "u");
  EXPECT_EQ(solution->placements[0].day, solution->placements[1].day);
  problem.items[0].not_after = problem.calendar.first_day + 2;
  problem.items[1].not_after = problem.calendar.first_day + 3;
  EXPECT_EQ(Solve(problem)->objectives[3].value, 2);
}

TEST(Solve, BoundsWhatCanBePlacedByCounting) {
  // Each of four slots takes ten items of 20 minutes, whatever a slot's 210 minutes add up to.
  PlanProblem problem = OneTeam(2);
  problem.calendar.slots = {"am", "pm"};
  problem.teams[0].minutes_per_slot = 210;
  for (int i = 0; i < 60; ++i) AddItem(problem, "i" + std::to_string(i), 20);
  const auto placed = [&] { return Solve(problem, WithoutRelaxations())->objectives[0]; };
  EXPECT_EQ(placed().value, 40);
  EXPECT_EQ(placed().bound, 40);
  problem.pools = {{"D", std::nullopt, std::nullopt, 7}};
  EXPECT_EQ(placed().value, 14);
  EXPECT_EQ(placed().bound, 14);
  problem.pools.clear();
  problem.policy.help_desk = {{0.5}, 4.7};
  EXPECT_EQ(placed().value, 18);
  EXPECT_EQ(placed().bound, 18);
}

TEST(Solve, AGroupPublishedApartGoesWhereItDisturbsLeast) {
  PlanProblem problem = OneTeam(7);
  problem.calendar.slots = {"am", "pm"};
  for (const char* id : {"1", "2"}) AddItem(problem, id, 0).group = "g";
  const absl::CivilDay first = problem.calendar.first_day;
  problem.items[0].published = Position{first + 1, "am", "t"};
  problem.items[1].published = Position{first, "pm", "t"};
  const auto solution = Solve(problem);
  ASSERT_TRUE(solution.ok());
  EXPECT_EQ(solution->placements[0].slot, "pm");
  EXPECT_EQ(solution->objectives[2].value, 3);
}

TEST(Solve, WardOf700IsProvenOrItsGapReported) {
  for (uint64_t seed = 0; seed < 12; ++seed) {
    const PlanProblem problem = WardLike(seed);
    const auto solution = Solve(problem);
    ASSERT_TRUE(solution.ok());
    EXPECT_THAT(CheckPlan(problem, *solution), IsEmpty());
    EXPECT_EQ(solution->placements.size(), 700u);
    for (const PhaseResult& phase : solution->phases) {
      ASSERT_TRUE(phase.last_day.has_value() && phase.last_day_bound.has_value());
      EXPECT_LE(*phase.last_day - *phase.last_day_bound, 4)
          << "at most a working day, seed " << seed;
    }
    if (seed == 0) {
      EXPECT_EQ(solution->status, Status::kOptimal);
    }
  }
}

TEST(Solve, SameProblemTwiceGivesTheSameSolution) {
  const PlanProblem problem = WardLike(4);
  const auto once = Solve(problem);
  const auto twice = Solve(problem);
  ASSERT_TRUE(once.ok() && twice.ok());
  EXPECT_EQ(*once, *twice);
}

TEST(Solve, HundredThousandDevicesAreWithinOnePercent) {
  const PlanProblem problem = Huge(100'000, 2'000, 40);
  const auto begin = std::chrono::steady_clock::now();
  const auto solution = Solve(problem);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  ASSERT_TRUE(solution.ok());
  EXPECT_THAT(CheckPlan(problem, *solution), IsEmpty());
  EXPECT_THAT(solution->left, IsEmpty());
  for (const ObjectiveResult& row : solution->objectives) {
    if (row.name == Objective::kFinish) {
      EXPECT_LE(row.value, row.bound * 1.01);
    }
  }
  std::printf("100,000 devices: %.2f s\n", took.count());
}

TEST(Solve, ProvesWhatAPartialPlanPlacesAndWhenItEnds) {
  PlanProblem problem = OneTeam(10);
  problem.teams[0].devices_per_slot = 1;
  const absl::CivilDay first = problem.calendar.first_day;
  // Three days for four items; the calendar as a whole has room for all.
  for (int i = 0; i < 4; ++i)
    AddItem(problem, "early" + std::to_string(i), 30).not_after = first + 2;
  for (int i = 0; i < 2; ++i)
    AddItem(problem, "late" + std::to_string(i), 30).not_before = first + 4;
  const auto solution = Solve(problem, WithoutRelaxations());
  ASSERT_TRUE(solution.ok());
  EXPECT_EQ(solution->status, Status::kPartial);
  EXPECT_EQ(solution->left.size(), 1u);
  EXPECT_EQ(solution->objectives[0].value, 5);
  EXPECT_EQ(solution->objectives[0].bound, 5);
  EXPECT_EQ(solution->objectives[1].value, 6);
  EXPECT_EQ(solution->objectives[1].bound, 6);
  EXPECT_EQ(solution->phases[0].last_day_bound, first + 5);
  EXPECT_EQ(solution->phases[0].bound_by, BoundBy::kCapacity);
}

// Phases that compete for days: what places most ends each of them on days that no plan found
// before ended it, with up to a third more weight placed.
TEST(Solve, PlacesWhatTheBestDivisionOfTheDaysAllows) {
  for (const auto& [seed, placed] :
       {std::pair<uint64_t, double>{59, 29}, {238, 42}, {286, 32}, {1034, 69}, {1079, 52}}) {
    SCOPED_TRACE(seed);
    const PlanProblem problem = RandomLarge(seed);
    const auto solution = Solve(problem, WithoutRelaxations());
    ASSERT_TRUE(solution.ok());
    EXPECT_THAT(CheckPlan(problem, *solution), IsEmpty());
    EXPECT_EQ(solution->objectives[0].value, placed);
    EXPECT_EQ(solution->objectives[0].bound, placed);
  }
}

// Twelve items that a whole search does not complete: it left out one that the other searches
// place.
TEST(Solve, GoesOnWhereAWholeSearchOfFewUnitsDoesNotComplete) {
  const PlanProblem problem = RandomMiddling(958);
  const auto solution = Solve(problem, WithoutRelaxations());
  ASSERT_TRUE(solution.ok());
  EXPECT_THAT(CheckPlan(problem, *solution), IsEmpty());
  EXPECT_EQ(solution->objectives[0].value, 13);
  EXPECT_EQ(solution->objectives[0].bound, 13);
  EXPECT_EQ(solution->objectives[1].value, 2);
}

TEST(Solve, APoolThatAllShareDoesNotHideWhichTeamsServeWhom) {
  PlanProblem problem = OneTeam(10);
  problem.teams[0].devices_per_slot = 1;
  problem.teams.push_back(problem.teams[0]);
  problem.teams[1].id = "other";
  problem.teams[0].sites = {"main"};
  problem.teams[1].sites = {"branch"};
  problem.pools.push_back({"watch", std::nullopt, std::nullopt, 2});
  const absl::CivilDay third = problem.calendar.first_day + 2;
  for (int i = 0; i < 4; ++i) {
    Item& item = AddItem(problem, "main" + std::to_string(i), 30);
    item.not_after = third;
    item.pools = {"watch"};
  }
  Item& branch = AddItem(problem, "branch", 30);
  branch.site = "branch";
  branch.pools = {"watch"};
  const auto solution = Solve(problem, WithoutRelaxations());
  ASSERT_TRUE(solution.ok());
  EXPECT_EQ(solution->objectives[0].value, 4);
  EXPECT_EQ(solution->objectives[0].bound, 4);
  EXPECT_EQ(solution->objectives[1].value, 3);
  EXPECT_EQ(solution->objectives[1].bound, 3);
}

TEST(Solve, APartialPlanOfTwoPhasesIsBoundedByHowTheyDivideTheDays) {
  PlanProblem problem = OneTeam(4);
  problem.teams[0].devices_per_slot = 1;
  problem.phases.push_back({"two", std::nullopt, std::nullopt, 1});
  std::swap(problem.phases[0], problem.phases[1]);
  problem.phases[0].soak_days = 1;
  for (int i = 0; i < 2; ++i) AddItem(problem, "one" + std::to_string(i), 30);
  for (int i = 0; i < 2; ++i) AddItem(problem, "two" + std::to_string(i), 30).phase = "two";
  const auto solution = Solve(problem, WithoutRelaxations());
  ASSERT_TRUE(solution.ok());
  // A day of soak between the phases leaves three days for four items.
  EXPECT_EQ(solution->objectives[0].value, 3);
  EXPECT_EQ(solution->objectives[0].bound, 3);
}

/// The search kept the first phase's units and with them its last day, though a plan with others
/// places as much and ends the phase a day earlier.
TEST(Solve, AnEarlyPhaseEndsEarlierWithOtherUnits) {
  const auto solution = Solve(RandomLarge(313), WithoutRelaxations());
  ASSERT_TRUE(solution.ok());
  EXPECT_EQ(solution->objectives[0].value, 25);
  EXPECT_EQ(solution->objectives[0].bound, 25);
  EXPECT_EQ(solution->phases[0].last_day, absl::CivilDay(2025, 5, 25));
  EXPECT_EQ(solution->phases[0].last_day_bound, solution->phases[0].last_day);
}

/// Long items filled the slots of a phase that could not be placed whole, and left more items out.
TEST(Solve, MostItemsGoInWhereNotAllCan) {
  PlanProblem problem = WardLike(1);
  problem.phases.back().deadline = *problem.phases.back().not_before + 15;
  const auto solution = Solve(problem, WithoutRelaxations());
  ASSERT_TRUE(solution.ok());
  EXPECT_THAT(CheckPlan(problem, *solution), IsEmpty());
  EXPECT_GE(solution->objectives[0].value, 590);
  EXPECT_LE(solution->objectives[0].bound, 605);
  // Each trial of an earlier end planned the phases before it once more: 48 million steps.
  EXPECT_LT(solution->steps, 32'000'000);
}

/// One device of 700 could not be placed: the flows were off at that size.
TEST(Solve, ProvesThatOneDeviceOfAWardStaysOut) {
  PlanProblem problem = WardLike(1);
  problem.phases[1].deadline = problem.calendar.first_day + 30;
  const auto solution = Solve(problem, WithoutRelaxations());
  ASSERT_TRUE(solution.ok());
  EXPECT_EQ(solution->left.size(), 1u);
  EXPECT_EQ(solution->objectives[0].bound, 699);
  EXPECT_LT(solution->steps, 30'000'000);
}

}  // namespace
}  // namespace kirikae::planner
