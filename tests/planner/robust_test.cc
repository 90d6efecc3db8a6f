#include "service/planner/robust.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "service/planner/model.h"
#include "service/planner/validate.h"
#include "tests/planner/future_days.h"
#include "tests/planner/problems.h"
#include "tests/planner/solution_texts.h"
#include "tests/support/plan_checker.h"

namespace kirikae::planner {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;

constexpr int kFutures = 1'000;

/// `phases` phases with `devices` devices of 10 minutes each, ten a day at most, soaks of 2 days.
PlanProblem Phases(int phases, int devices) {
  PlanProblem problem = OneTeam(400);
  problem.phases.clear();
  for (int p = 0; p < phases; ++p) {
    problem.phases.push_back({"p" + std::to_string(p), std::nullopt, std::nullopt, 2});
    for (int d = 0; d < devices; ++d) {
      AddItem(problem, "p" + std::to_string(p) + "-" + std::to_string(d), 10);
    }
  }
  return problem;
}

RobustOptions With(const PlanProblem& problem, double confidence) {
  RobustOptions options;
  options.confidence = confidence;
  options.today = problem.calendar.first_day;
  options.solve = WithoutRelaxations();
  return options;
}

int IndexOf(const std::vector<absl::CivilDay>& days, absl::CivilDay day) {
  return static_cast<int>(std::lower_bound(days.begin(), days.end(), day) - days.begin());
}

/// In how many of kFutures futures every phase is done by its day of the promise.
double HeldShare(const PlanProblem& problem, const RobustPlan& plan,
                 const std::vector<SeenOutcomes>& seen, int room, uint64_t seed) {
  Calendar calendar = problem.calendar;
  calendar.last_day = calendar.last_day + 366;
  const std::vector<absl::CivilDay> days = OpenDays(calendar);
  std::map<std::string, size_t> phase_of_item, phase_index;
  for (size_t p = 0; p < problem.phases.size(); ++p) phase_index[problem.phases[p].id] = p;
  for (const Item& item : problem.items) phase_of_item[item.id] = phase_index[item.phase];
  std::vector<FuturePhase> phases(problem.phases.size());
  for (size_t p = 0; p < phases.size(); ++p) {
    phases[p].soak = static_cast<int>(problem.phases[p].soak_days);
    if (p < seen.size()) phases[p].seen = seen[p];
  }
  for (const Placement& row : plan.solution.placements) {
    ++phases[phase_of_item[row.item]].devices[IndexOf(days, row.day)];
  }
  std::mt19937_64 random(seed);
  int held = 0;
  for (int run = 0; run < kFutures; ++run) {
    const std::vector<int> ends = PlayFuture(phases, room, random);
    bool holds = *std::max_element(ends.begin(), ends.end()) <= IndexOf(days, *plan.promise.finish);
    for (const PromisedPhase& phase : plan.promise.phases) {
      if (!phase.done_by.has_value()) continue;
      holds &= ends[phase_index[phase.id]] <= IndexOf(days, *phase.done_by);
    }
    held += holds ? 1 : 0;
  }
  return static_cast<double>(held) / kFutures;
}

TEST(Robust, RefusesAFaultyProblem) {
  PlanProblem problem = Phases(1, 5);
  problem.teams.clear();
  EXPECT_EQ(SolveRobust(problem, {}, With(problem, 0.9)).status().code(),
            absl::StatusCode::kInvalidArgument);
  problem = Phases(1, 5);
  problem.policy.reserve = {1.5, -1};
  std::vector<std::string> paths;
  for (const Fault& fault : Validate(problem)) paths.push_back(fault.path);
  EXPECT_THAT(paths, Contains("policy.reserve.share"));
  EXPECT_THAT(paths, Contains("policy.reserve.days"));
}

TEST(Robust, NothingPlacedPromisesNothing) {
  PlanProblem problem = OneTeam(2);
  AddItem(problem, "huge", 5'000);
  const auto plan = SolveRobust(problem, {}, With(problem, 0.9));
  ASSERT_TRUE(plan.ok());
  EXPECT_FALSE(plan->promise.finish.has_value());
  EXPECT_FALSE(plan->promise.tight_finish.has_value());
  EXPECT_THAT(plan->promise.phases, IsEmpty());
}

/// The finish promised, and every phase's day, hold in the share asked for, within two points.
TEST(Robust, ThePromiseHoldsInFuturesThatAnIndependentSimulationPlays) {
  struct Case {
    int phases;
    int devices;
    double confidence;
    SeenOutcomes seen;
  };
  const std::vector<Case> cases = {
      {1, 60, 0.9, {}},          {1, 200, 0.5, {}},          {1, 200, 0.9, {300, 45, 15}},
      {3, 70, 0.9, {}},          {3, 70, 0.9, {100, 2, 1}},  {4, 100, 0.8, {200, 20, 20}},
      {4, 40, 0.95, {50, 0, 0}}, {2, 150, 0.9, {40, 12, 4}}, {5, 12, 0.9, {}},
      {1, 1, 0.99, {}},
  };
  for (size_t c = 0; c < cases.size(); ++c) {
    SCOPED_TRACE(c);
    const auto& [phases, devices, confidence, outcomes] = cases[c];
    const PlanProblem problem = Phases(phases, devices);
    const std::vector<SeenOutcomes> seen(static_cast<size_t>(phases), outcomes);
    const auto plan = SolveRobust(problem, seen, With(problem, confidence));
    ASSERT_TRUE(plan.ok());
    const Promise& promise = plan->promise;
    ASSERT_TRUE(promise.finish.has_value() && promise.tight_finish.has_value());
    EXPECT_TRUE(promise.phases_hold);
    EXPECT_EQ(promise.phases.size(), static_cast<size_t>(phases));
    EXPECT_GE(promise.held_share, confidence);
    EXPECT_LT(promise.tight_share, promise.held_share);
    const double held = HeldShare(problem, *plan, seen, 10, 977 + c);
    EXPECT_GE(held, confidence - 0.02);
    EXPECT_NEAR(held, promise.held_share, 0.04);
    EXPECT_THAT(plan->solution.left, IsEmpty());
    EXPECT_THAT(CheckPlan(plan->problem, plan->solution), IsEmpty());
    const std::vector<absl::CivilDay> days = OpenDays(problem.calendar);
    EXPECT_EQ(promise.open_days_later,
              IndexOf(days, *promise.finish) - IndexOf(days, *promise.tight_finish));
    EXPECT_GT(promise.open_days_later, 0);
    std::cout << "case " << c << ": asked " << confidence << ", held " << promise.held_share
              << ", independent " << held << ", tight " << promise.tight_share << ", reserve "
              << promise.reserve.share << " and " << promise.reserve.days << " days, "
              << promise.open_days_later << " days later\n";
  }
}

/// Of one phase: a day less would not hold in the share asked for.
TEST(Robust, TheReserveIsNoLargerThanNeedBe) {
  const PlanProblem problem = Phases(1, 100);
  const auto plan = SolveRobust(problem, {}, With(problem, 0.9));
  ASSERT_TRUE(plan.ok());
  RobustPlan earlier = *plan;
  earlier.promise.finish = *earlier.promise.finish - 1;
  for (PromisedPhase& phase : earlier.promise.phases) phase.done_by = earlier.promise.finish;
  EXPECT_LT(HeldShare(problem, earlier, {}, 10, 5), 0.9);
}

TEST(Robust, MoreConfidenceNeverPromisesAnEarlierFinish) {
  const PlanProblem problem = Phases(2, 60);
  absl::CivilDay before = problem.calendar.first_day;
  for (const double confidence : {0.1, 0.5, 0.8, 0.9, 0.99}) {
    const auto plan = SolveRobust(problem, {}, With(problem, confidence));
    ASSERT_TRUE(plan.ok());
    ASSERT_TRUE(plan->promise.finish.has_value());
    EXPECT_GE(*plan->promise.finish, before);
    before = *plan->promise.finish;
  }
}

TEST(Robust, OutcomesThatWereWorseAskForMoreDays) {
  const PlanProblem problem = Phases(2, 60);
  const auto finish = [&](const SeenOutcomes& seen) {
    const auto plan = SolveRobust(problem, {seen, seen}, With(problem, 0.9));
    EXPECT_TRUE(plan.ok());
    return plan.ok() ? plan->promise.finish : std::nullopt;
  };
  EXPECT_LT(finish({400, 4, 4}), finish({400, 60, 40}));
}

TEST(Robust, TheSameProblemGivesTheSamePlan) {
  const PlanProblem problem = Phases(3, 40);
  const auto once = SolveRobust(problem, {}, With(problem, 0.9));
  const auto twice = SolveRobust(problem, {}, With(problem, 0.9));
  ASSERT_TRUE(once.ok() && twice.ok());
  EXPECT_EQ(once->solution, twice->solution);
  EXPECT_EQ(once->problem, twice->problem);
  EXPECT_EQ(once->promise.finish, twice->promise.finish);
  EXPECT_EQ(once->promise.held_share, twice->promise.held_share);
}

/// Where deadlines allow no reserve, nobody is left out for it: only the finish is promised.
TEST(Robust, ADeadlineThatAllowsNoReserveLeavesNobodyOut) {
  PlanProblem problem = Phases(2, 40);
  problem.phases[1].deadline = OpenDays(problem.calendar)[9];
  const std::vector<SeenOutcomes> seen(2, {200, 20, 10});
  const auto plan = SolveRobust(problem, seen, With(problem, 0.9));
  ASSERT_TRUE(plan.ok());
  EXPECT_THAT(plan->solution.left, IsEmpty());
  EXPECT_FALSE(plan->promise.phases_hold);
  EXPECT_EQ(plan->promise.reserve, Reserve());
  ASSERT_TRUE(plan->promise.finish.has_value());
  EXPECT_GT(*plan->promise.finish, *problem.phases[1].deadline);
  EXPECT_GE(HeldShare(problem, *plan, seen, 10, 3), 0.88);
}

TEST(Reserve, HoldsBackAShareOfEveryCellButNotWhatIsFixed) {
  PlanProblem problem = OneTeam(4);
  problem.teams[0].devices_per_slot = 3;
  problem.teams.push_back({"small", std::nullopt, 1, {}, {}});
  problem.policy.visit_minutes = 15;
  problem.policy.reserve = {0.4, 0};
  const absl::CivilDay first = problem.calendar.first_day;
  for (const char* id : {"a", "b"}) {
    AddItem(problem, id, 40).fixed = Position{first, "day", "t"};
  }
  ASSERT_THAT(Validate(problem), IsEmpty());
  const Model model = BuildModel(problem);
  EXPECT_EQ(model.cell_minutes[model.CellOf({first, "day", "t"})], 95);
  EXPECT_EQ(model.cell_devices[model.CellOf({first, "day", "t"})], 2);
  EXPECT_EQ(model.cell_minutes[model.CellOf({first + 1, "day", "t"})], 60);
  EXPECT_EQ(model.cell_devices[model.CellOf({first + 1, "day", "t"})], 1);
  EXPECT_EQ(model.cell_devices[model.CellOf({first + 1, "day", "small"})], 1);
  EXPECT_EQ(model.cell_minutes[model.CellOf({first + 1, "day", "small"})], kUnlimited);
}

TEST(Reserve, ItsDaysLieBetweenPhasesThatHaveNotBegun) {
  PlanProblem problem = Phases(3, 1);
  problem.policy.reserve = {0, 4};
  const auto free = Solve(problem);
  ASSERT_TRUE(free.ok());
  const std::vector<absl::CivilDay> days = OpenDays(problem.calendar);
  EXPECT_EQ(free->phases[1].first_day, days[7]);
  EXPECT_EQ(free->phases[2].first_day, days[14]);
  // The first two are under way, closer together.
  problem.items[0].fixed = Position{days[0], "day", "t"};
  problem.items[1].fixed = Position{days[3], "day", "t"};
  ASSERT_THAT(Validate(problem), IsEmpty());
  const auto begun = Solve(problem);
  ASSERT_TRUE(begun.ok());
  EXPECT_EQ(begun->phases[2].first_day, days[10]);
}

/// What is held back is held back for make-ups, so a forecast counts it as room.
TEST(Reserve, IsRoomInAForecast) {
  PlanProblem problem = Phases(1, 20);
  const absl::CivilDay first = problem.calendar.first_day;
  const ForecastInput without = ForecastInputOf(problem, {}, first, {});
  problem.policy.reserve = {0.5, 3};
  const ForecastInput with = ForecastInputOf(problem, {}, first, {});
  EXPECT_EQ(with.devices_per_day, without.devices_per_day);
  EXPECT_EQ(with.phases[0].soak_days, without.phases[0].soak_days);
}

}  // namespace
}  // namespace kirikae::planner
