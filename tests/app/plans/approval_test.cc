// Submitting, approving and rejecting plans, and the waves and placements of an approval.
#include "service/app/plans/approval.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/app/plans/plans_fixture.h"

namespace kirikae::app {
namespace {

using domain::PlacementState;
using domain::PlanState;

class Approval : public PlansFixture {
 protected:
  Approval() { AddDevices("総務部/総務課", {"A-1", "A-2", "A-3"}); }
};

TEST_F(Approval, TheOneWhoSubmittedAPlanMayNotApproveItUnlessTheWardAllowsIt) {
  MakePlan();
  ASSERT_TRUE(Submit(1, "計画者").ok());
  const absl::Status refused = Approve(1, "計画者");
  EXPECT_EQ(refused.code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(ReasonOf(refused), "SELF_APPROVAL");
  EXPECT_EQ(Plan(1).state, PlanState::kSubmitted);
  ward_.allow_self_approval = true;
  EXPECT_TRUE(Approve(1, "計画者").ok());
  EXPECT_EQ(Plan(1).state, PlanState::kApproved);
}

TEST_F(Approval, ADraftIsNeitherApprovedNorSentBack) {
  MakePlan();
  EXPECT_EQ(ReasonOf(Approve(1)), "PLAN_STATE");
  EXPECT_EQ(ReasonOf(Reject(1, "期日")), "PLAN_STATE");
  ASSERT_TRUE(Submit(1).ok());
  EXPECT_EQ(ReasonOf(Submit(1)), "PLAN_STATE");
}

TEST_F(Approval, APlanThatIsSentBackKeepsTheRemarkAndIsNotApprovedAnyMore) {
  MakePlan();
  ASSERT_TRUE(Submit(1).ok());
  EXPECT_EQ(ReasonOf(Reject(1, "")), "INVALID_REQUEST");
  ASSERT_TRUE(Reject(1, "期日を再検討").ok());
  const domain::Plan plan = Plan(1);
  EXPECT_EQ(plan.state, PlanState::kRejected);
  EXPECT_EQ(plan.remark, "期日を再検討");
  EXPECT_EQ(plan.approver, "承認者");
  EXPECT_EQ(plan.approve_time, now_);
  EXPECT_EQ(ReasonOf(Approve(1)), "PLAN_STATE");
}

TEST_F(Approval, WavesAndPlacementsComeWithThePhaseOfTheProblemsItems) {
  AddDevices("福祉部/福祉課", {"B-1"});
  MakePlan();
  ASSERT_TRUE(Submit(1).ok());
  ASSERT_TRUE(Approve(1).ok());
  auto placements = Placements();
  ASSERT_EQ(placements.size(), 4U);
  // Two devices on Thursday, one on Friday; after one day of soak, the second phase on Tuesday.
  EXPECT_EQ(placements["A-1"].phase, "first");
  EXPECT_EQ(placements["B-1"].phase, "rest");
  EXPECT_EQ(placements["B-1"].day, Day("2025-05-13"));
  EXPECT_EQ(placements["B-1"].state, PlacementState::kPlanned);
  const std::vector<domain::Wave> waves = Waves();
  ASSERT_EQ(waves.size(), 3U);
  EXPECT_EQ(waves[0].day, Day("2025-05-08"));
  EXPECT_EQ(waves[0].phase, "first");
  EXPECT_EQ(waves[2].phase, "rest");
  EXPECT_EQ(waves[2].plan, 1);
  EXPECT_FALSE(waves[2].make_up);
  const auto rollout = Read()->FindRollout("small");
  ASSERT_TRUE(rollout.ok() && rollout->has_value());
  EXPECT_EQ((*rollout)->state, domain::RolloutState::kActive);
  EXPECT_EQ((*rollout)->approved_plan, 1);
}

TEST_F(Approval, APlanOlderThanTheApprovedOneIsStale) {
  MakePlan();
  MakePlan();
  ASSERT_TRUE(Submit(1).ok());
  ASSERT_TRUE(Submit(2).ok());
  ASSERT_TRUE(Approve(2).ok());
  EXPECT_EQ(ReasonOf(Approve(1)), "PLAN_STALE");
}

TEST_F(Approval, APlanThatPlacesNothingIsRefused) {
  // All devices are switched after the plan is made.
  MakePlan();
  for (const char* tag : {"A-1", "A-2", "A-3"}) {
    domain::Placement done;
    done.rollout = "small";
    done.asset_tag = tag;
    done.phase = "first";
    done.state = PlacementState::kMigrated;
    Store({done});
  }
  ASSERT_TRUE(Submit(1).ok());
  EXPECT_EQ(ReasonOf(Approve(1)), "PLAN_PLACES_NOTHING");
}

TEST_F(Approval, ANewPlanSupersedesTheOneInForceAndCancelsItsEmptyWaves) {
  MakePlan();
  ASSERT_TRUE(Submit(1).ok());
  ASSERT_TRUE(Approve(1).ok());
  // A-3 is retired, so a second plan has two devices.
  domain::Device gone = **Read()->FindDevice("A-3");
  gone.state = domain::DeviceState::kRetired;
  AddDevice(gone);
  MakePlan();
  ASSERT_TRUE(Submit(2).ok());
  ASSERT_TRUE(Approve(2).ok());
  EXPECT_EQ(Plan(1).state, PlanState::kSuperseded);
  EXPECT_EQ(Plan(2).state, PlanState::kApproved);
  std::map<int64_t, std::set<domain::WaveState>> states;
  for (const domain::Wave& wave : Waves()) states[wave.plan].insert(wave.state);
  EXPECT_EQ(states[1], std::set{domain::WaveState::kCancelled});
  EXPECT_EQ(states[2], std::set{domain::WaveState::kPlanned});
  auto placements = Placements();
  EXPECT_EQ(placements["A-3"].state, PlacementState::kUnplanned);
  EXPECT_FALSE(placements["A-3"].day.has_value());
}

TEST_F(Approval, AMigratedDeviceStaysInItsWaveWhenAnOlderPlanPlacesIt) {
  MakePlan();
  ASSERT_TRUE(Submit(1).ok());
  ASSERT_TRUE(Approve(1).ok());
  MakePlan();
  ASSERT_TRUE(Submit(2).ok());
  domain::Placement done = Placements()["A-1"];
  const int64_t wave = done.wave;
  done.state = PlacementState::kMigrated;
  Store({done});
  ASSERT_TRUE(Approve(2).ok());
  EXPECT_EQ(Placements()["A-1"].wave, wave);
  EXPECT_EQ(Placements()["A-1"].state, PlacementState::kMigrated);
}

TEST_F(Approval, AWaveOfFailedDevicesOnlyIsAMakeUpWave) {
  for (const char* tag : {"A-1", "A-2"}) {
    domain::Placement failed;
    failed.rollout = "small";
    failed.asset_tag = tag;
    failed.phase = "first";
    failed.state = PlacementState::kFailed;
    failed.failures = 1;
    Store({failed});
  }
  domain::Placement excused;
  excused.rollout = "small";
  excused.asset_tag = "A-3";
  excused.phase = "first";
  excused.state = PlacementState::kExempt;
  Store({excused});
  MakePlan();
  ASSERT_TRUE(Submit(1).ok());
  ASSERT_TRUE(Approve(1).ok());
  ASSERT_EQ(Waves().size(), 1U);
  EXPECT_TRUE(Waves()[0].make_up);
  EXPECT_EQ(Placements()["A-1"].failures, 1);
  EXPECT_EQ(Placements()["A-3"].state, PlacementState::kExempt);
}

}  // namespace
}  // namespace kirikae::app
