// Explaining, simulating and comparing plans.
#include "service/app/plans/insight.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/app/plans/plans_fixture.h"

namespace kirikae::app {
namespace {

using ::testing::ElementsAre;

class Insight : public PlansFixture {
 protected:
  Insight() { AddDevices("総務部/総務課", {"A-1", "A-2", "A-3"}); }
  SolvedPlan Made() {
    const domain::Plan plan = MakePlan();
    auto solved = ReadSolved(*Read(), PlanName(plan));
    EXPECT_TRUE(solved.ok()) << solved.status();
    return solved.ok() ? *std::move(solved) : SolvedPlan();
  }
};

TEST_F(Insight, EveryFaultOfTheChangesIsNamedByItsPath) {
  const SolvedPlan plan = Made();
  const absl::Status status =
      CheckChanges(plan, {planner::DelayPhase{"bosses", 1}, planner::DelayPhase{"first", 1},
                          planner::TeamAway("z", Day("2025-05-12"), Day("2025-05-13"))});
  const auto detail = domain::DetailOf(status);
  ASSERT_TRUE(detail.has_value());
  std::vector<std::string> paths;
  for (const domain::Violation& violation : detail->violations) paths.push_back(violation.field);
  ASSERT_EQ(paths.size(), 2U);
  EXPECT_TRUE(paths[0].starts_with("changes[0]")) << paths[0];
  EXPECT_TRUE(paths[1].starts_with("changes[2]")) << paths[1];
  EXPECT_EQ(SimulateChanges(plan, {planner::DelayPhase{"bosses", 1}}, {1000}).status().code(),
            absl::StatusCode::kInvalidArgument);
}

TEST_F(Insight, APhaseThatBeginsLaterEndsLater) {
  const SolvedPlan plan = Made();
  const auto simulation = SimulateChanges(plan, {planner::DelayPhase{"first", 3}}, {10'000});
  ASSERT_TRUE(simulation.ok()) << simulation.status();
  ASSERT_FALSE(simulation->phases.empty());
  EXPECT_EQ(simulation->phases[0].last_before, Day("2025-05-09"));
  EXPECT_GT(simulation->phases[0].open_days_later, 0);
}

TEST_F(Insight, ABlockedDeviceIsExplainedByItsBlockersAndAnUnknownOneIsNotFound) {
  domain::Device blocked = Ready("A-4", "総務部/総務課");
  blocked.camera = domain::Camera::kNone;
  AddDevice(blocked);
  const SolvedPlan plan = Made();
  const auto why = ExplainDevice(plan, "rollouts/small/plans/1", "A-4");
  ASSERT_TRUE(why.ok()) << why.status();
  EXPECT_THAT(why->blockers, ElementsAre("NO_CAMERA"));
  EXPECT_FALSE(why->explanation.has_value());
  const auto placed = ExplainDevice(plan, "rollouts/small/plans/1", "A-1");
  ASSERT_TRUE(placed.ok()) << placed.status();
  ASSERT_TRUE(placed->explanation.has_value());
  EXPECT_TRUE(placed->explanation->placed.has_value());
  const auto unknown = ExplainDevice(plan, "rollouts/small/plans/1", "Z-9");
  EXPECT_EQ(unknown.status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(ReasonOf(unknown.status()), "DEVICE_NOT_IN_PLAN");
}

TEST_F(Insight, ADeviceThatWasDoneWhenTheLaterPlanWasMadeIsNoDifference) {
  MakePlan();
  domain::Placement done;
  done.rollout = "small";
  done.asset_tag = "A-1";
  done.phase = "first";
  done.state = domain::PlacementState::kMigrated;
  Store({done});
  MakePlan();
  const auto difference = ComparePlans(*Read(), "rollouts/small/plans/1", "rollouts/small/plans/2");
  ASSERT_TRUE(difference.ok()) << difference.status();
  EXPECT_EQ(difference->total.dropped, 0);
  for (const planner::ItemMove& move : difference->moves) EXPECT_NE(move.item, "A-1");
}

TEST_F(Insight, PlansOfTwoRolloutsAreNotCompared) {
  const domain::Plan plan = MakePlan();
  domain::Rollout other = **Read()->FindRollout("small");
  other.id = "other";
  other.version = 0;
  domain::Plan copy = plan;
  copy.rollout = "other";
  copy.version = 0;
  Store({other, copy});
  const auto refused = ComparePlans(*Read(), "rollouts/small/plans/1", "rollouts/other/plans/1");
  EXPECT_EQ(ReasonOf(refused.status()), "INVALID_REQUEST");
}

TEST_F(Insight, APlanThatKeepsNoProblemSaysSo) {
  domain::Plan plan = MakePlan();
  plan.solution.clear();
  plan.number = 2;
  plan.version = 0;
  Store({plan});
  EXPECT_EQ(ReasonOf(ReadSolved(*Read(), "rollouts/small/plans/2").status()),
            "PLAN_WITHOUT_PROBLEM");
}

}  // namespace
}  // namespace kirikae::app
