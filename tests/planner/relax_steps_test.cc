#include "service/planner/relax_steps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "service/planner/solver.h"
#include "tests/planner/problems.h"
#include "tests/planner/solution_texts.h"

namespace kirikae::planner {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(RelaxationSteps, AreOneWhereASingleChangePlacesEverything) {
  PlanProblem problem = OneTeam(6);
  for (int i = 0; i < 6; ++i) AddItem(problem, "i" + std::to_string(i), 40);
  problem.phases[0].deadline = problem.calendar.first_day + 1;
  const auto solution = Solve(problem);
  ASSERT_TRUE(solution.ok());
  ASSERT_THAT(solution->relaxation_steps, SizeIs(1));
  EXPECT_EQ(solution->relaxation_steps[0], solution->relaxations[0]);
}

TEST(RelaxationSteps, TheOneThatHelpsMostComesFirst) {
  PlanProblem problem = OneTeam(4);
  for (const char* id : {"l1", "l2", "l3"}) AddItem(problem, id, 130);
  for (const char* id : {"g1", "g2"}) {
    Item& item = AddItem(problem, id, 10);
    item.pools = {"counter"};
    item.group = "g";
  }
  problem.pools = {{"counter", std::nullopt, std::nullopt, 1}};
  const auto solution = Solve(problem);
  ASSERT_TRUE(solution.ok());
  ASSERT_THAT(solution->relaxation_steps, SizeIs(2));
  const Relaxation& first = solution->relaxation_steps[0];
  const Relaxation& second = solution->relaxation_steps[1];
  EXPECT_THAT(Texts(first.change), ElementsAre("30 more minutes in each slot of team t"));
  EXPECT_THAT(Texts(first.effect), ElementsAre("places 3 of the 5 left out"));
  EXPECT_THAT(first.places, ElementsAre("l1", "l2", "l3"));
  EXPECT_THAT(Texts(second.change), ElementsAre("raise the daily limit of counter to 2"));
  EXPECT_THAT(Texts(second.effect), ElementsAre("places all"));
  EXPECT_THAT(second.places, ElementsAre("g1", "g2"));
  EXPECT_THAT(first.measures, ElementsAre(Measure{MeasureKind::kTeamMinutes, "t", 30}));
  EXPECT_EQ(first.left_count, 2);
  EXPECT_THAT(second.measures, ElementsAre(Measure{MeasureKind::kPoolLimit, "counter", 1}));
  EXPECT_EQ(second.left_count, 0);
}

TEST(RelaxationSteps, AShareIsMeasuredFromWhatItIsNow) {
  PlanProblem problem = OneTeam(2);
  for (int i = 0; i < 8; ++i) AddItem(problem, "i" + std::to_string(i), 5);
  problem.policy.department_daily_share = 0.33;
  problem.phases[0].deadline = problem.calendar.last_day;
  const auto solution = Solve(problem);
  ASSERT_TRUE(solution.ok());
  ASSERT_FALSE(solution->left.empty());
  std::vector<Measure> shares;
  for (const Relaxation& row : solution->relaxations) {
    for (const Measure& measure : row.measures) {
      if (measure.kind == MeasureKind::kShare) shares.push_back(measure);
    }
  }
  EXPECT_THAT(shares, ::testing::Contains(Measure{MeasureKind::kShare, "", 17}));
}

TEST(RelaxationSteps, AreNoneWhereNothingHelps) {
  PlanProblem problem = OneTeam(3);
  AddItem(problem, "huge", 5'000);
  const auto solution = Solve(problem);
  ASSERT_TRUE(solution.ok());
  EXPECT_THAT(solution->relaxation_steps, IsEmpty());
}

/// Applied one after another, each step places what it says, and all together what the first
/// relaxation places.
TEST(RelaxationSteps, HoldWhenApplied) {
  int steps = 0, several = 0;
  for (uint64_t seed = 0; seed < 300; ++seed) {
    SCOPED_TRACE(seed);
    const PlanProblem problem = RandomSmall(seed);
    const auto solution = Solve(problem);
    if (!solution.ok() || solution->left.empty()) continue;
    ASSERT_EQ(solution->relaxation_steps.empty(), solution->relaxations.empty());
    if (solution->relaxations.empty()) continue;
    several += solution->relaxation_steps.size() > 1 ? 1 : 0;
    PlanProblem changed = problem;
    std::set<std::string> out = LeftOut(*solution);
    for (const Relaxation& step : solution->relaxation_steps) {
      ++steps;
      ASSERT_EQ(step.measures.size(), step.changes.size());
      for (const Measure& measure : step.measures) EXPECT_GT(measure.amount, 0);
      ASSERT_THAT(Apply(step.changes, nullptr, changed), IsEmpty());
      for (const std::string& item : step.places) EXPECT_EQ(out.erase(item), 1u) << item;
      for (const std::string& item : step.leaves) EXPECT_TRUE(out.insert(item).second) << item;
      const auto again = Solve(changed, WithoutRelaxations());
      ASSERT_TRUE(again.ok());
      EXPECT_EQ(LeftOut(*again), out);
      EXPECT_EQ(step.left_count, static_cast<int64_t>(out.size()));
    }
    double weight = 0, first = 0;
    std::set<std::string> by_first = LeftOut(*solution);
    for (const std::string& item : solution->relaxations[0].places) by_first.erase(item);
    for (const std::string& item : solution->relaxations[0].leaves) by_first.insert(item);
    for (const Item& item : problem.items) {
      weight += out.count(item.id) > 0 ? item.weight : 0;
      first += by_first.count(item.id) > 0 ? item.weight : 0;
    }
    EXPECT_LE(weight, first + 1e-9);
  }
  EXPECT_GT(steps, 100);
  EXPECT_GT(several, 5);
}

}  // namespace
}  // namespace kirikae::planner
