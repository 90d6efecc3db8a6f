// Marks and their effects on waves and phases.
#include "tests/app/rollouts/rollout_fixture.h"

namespace kirikae::app {
namespace {

using domain::Outcome;
using domain::PhaseState;
using domain::PlacementState;
using domain::WaveState;
using ::testing::ElementsAre;

class MarksTest : public RolloutFixture {
 protected:
  void SetUp() override {
    RolloutFixture::SetUp();
    GoTo("2025-05-08");
  }
};

TEST_F(MarksTest, AMarkSwitchesTheDevice) {
  const auto results = Mark(Migrated({"a1"}));
  ASSERT_TRUE(results.ok()) << results.status();
  ASSERT_EQ(results->size(), 1U);
  EXPECT_EQ((*results)[0].asset_tag, "A1");
  EXPECT_EQ((*results)[0].state, PlacementState::kMigrated);
  EXPECT_TRUE((*results)[0].changed);
  EXPECT_FALSE((*results)[0].off_schedule);
  const auto device = Read()->FindDevice("A1").value();
  EXPECT_EQ(device->auth_method, domain::AuthMethod::kFaceAndPassword);
  EXPECT_EQ(device->auth_method_since, now_);
}

TEST_F(MarksTest, ARepeatedMarkChangesNothing) {
  ASSERT_TRUE(Mark(Migrated({"A1"})).ok());
  const size_t acts = Acts().size();
  const auto again = Mark(Migrated({"A1"}));
  ASSERT_TRUE(again.ok());
  EXPECT_FALSE((*again)[0].changed);
  EXPECT_EQ(Acts().size(), acts);
}

TEST_F(MarksTest, AWaveIsDoneWithItsLastDevice) {
  ASSERT_TRUE(Mark(Migrated({"A1", "A2"})).ok());
  EXPECT_EQ(Wave(1).state, WaveState::kInProgress);
  ASSERT_TRUE(Mark(Migrated({"A3"})).ok());
  EXPECT_EQ(Wave(1).state, WaveState::kDone);
}

TEST_F(MarksTest, ARateBelowItsShareHoldsThePhaseOnceTheSampleIsReached) {
  ASSERT_TRUE(Mark(Failed({"A1"})).ok());
  EXPECT_EQ(PhaseOf("pilot"), PhaseState::kOpen);
  ASSERT_TRUE(Mark(Migrated({"A2"})).ok());
  const auto phase = Read()->FindPhase("face", "pilot").value();
  EXPECT_EQ(phase->state, PhaseState::kHeld);
  EXPECT_EQ(phase->hold_rule, domain::HoldRule::kSuccessRate);
  EXPECT_EQ(phase->held_succeeded, 1);
  EXPECT_EQ(phase->held_attempted, 2);
}

TEST_F(MarksTest, AnIncidentHoldsThePhaseInTheSameChangeSet) {
  ASSERT_TRUE(Mark(Migrated({"A1", "A2", "A3"})).ok());
  const size_t acts = Acts().size();
  ASSERT_TRUE(Mark(Order(Outcome::kRolledBack, {"A1"})).ok());
  EXPECT_EQ(Acts().size(), acts + 1);
  EXPECT_EQ(PhaseOf("pilot"), PhaseState::kHeld);
  EXPECT_EQ(Read()->FindDevice("A1").value()->auth_method, domain::AuthMethod::kIcCardAndPassword);
}

TEST_F(MarksTest, OneRefusalRefusesAllAndNamesTheTag) {
  const auto refused = Mark(Migrated({"A1", "NONE"}));
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(ReasonOf(refused.status()), "MARKS_REFUSED");
  const auto detail = domain::DetailOf(refused.status());
  ASSERT_EQ(detail->violations.size(), 1U);
  EXPECT_EQ(detail->violations[0].field, "NONE");
  EXPECT_THAT(detail->sentence.args, ElementsAre("1", "2"));
  EXPECT_EQ(StateOf("A1"), PlacementState::kDue);
}

TEST_F(MarksTest, APartIsMarkedWhereItIsAllowed) {
  MarkOrder order = Migrated({"A1", "NONE"});
  order.allow_partial = true;
  const auto results = Mark(order);
  ASSERT_TRUE(results.ok()) << results.status();
  EXPECT_TRUE((*results)[0].status.ok());
  EXPECT_EQ((*results)[1].status.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(StateOf("A1"), PlacementState::kMigrated);
}

TEST_F(MarksTest, ASingleRefusalIsGivenAsItIs) {
  const auto refused = Mark(Migrated({"NONE"}));
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kNotFound);
  EXPECT_NE(ReasonOf(refused.status()), "MARKS_REFUSED");
}

TEST_F(MarksTest, ADeferralNeedsALaterDay) {
  MarkOrder today = Order(Outcome::kDeferred, {"A1"});
  today.until = Day("2025-05-08");
  const auto refused = Mark(today);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(domain::DetailOf(refused.status())->violations[0].field, "until");
  MarkOrder later = today;
  later.until = Day("2025-05-09");
  ASSERT_TRUE(Mark(later).ok());
  EXPECT_EQ(Read()->FindPlacement("face", "A1").value()->until, Day("2025-05-09"));
}

TEST_F(MarksTest, OnlyAnApproverExemptsAndAnApproverDoesNothingElse) {
  WriteContext context = Context();
  context.caller.role = domain::Role::kOperator;
  context.caller.approves = false;
  const MarkOrder exempt = Order(Outcome::kExempt, {"A1"});
  EXPECT_EQ(Mark(exempt, context).status().code(), absl::StatusCode::kPermissionDenied);
  context.caller.role = domain::Role::kApprover;
  context.caller.approves = true;
  EXPECT_TRUE(Mark(exempt, context).ok());
  EXPECT_EQ(Mark(Migrated({"A2"}), context).status().code(), absl::StatusCode::kPermissionDenied);
}

TEST_F(MarksTest, AMarkOfAnEarlierTimeSlotsInBeforeALaterOne) {
  ASSERT_TRUE(Mark(Migrated({"A1"})).ok());
  WriteContext context = Context();
  context.effective = now_ - absl::Hours(1);
  ASSERT_TRUE(Mark(Failed({"A1"}), context).ok());
  EXPECT_EQ(StateOf("A1"), PlacementState::kMigrated);
  const auto history = Read()->History("devices/A1", std::nullopt, 100).value();
  bool past = false;
  for (const auto& entry : history) past = past || entry.change.field.starts_with("past.");
  EXPECT_TRUE(past);
}

TEST_F(MarksTest, ADeviceWithoutAPlaceIsMarkedByItsScope) {
  Store({DeviceOf("A9", "総務部")});
  const auto results = Mark(Migrated({"A9"}));
  ASSERT_TRUE(results.ok()) << results.status();
  const auto placement = Read()->FindPlacement("face", "A9").value();
  EXPECT_EQ(placement->phase, "pilot");
  EXPECT_EQ(placement->wave, 0);
}

TEST_F(MarksTest, AnUnknownRolloutIsNotFound) {
  MarkOrder order = Migrated({"A1"});
  order.rollout = "other";
  EXPECT_EQ(Mark(order).status().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace kirikae::app
