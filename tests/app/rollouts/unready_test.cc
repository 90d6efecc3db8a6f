// Devices that leave their wave because they are not ready in time.
#include "service/app/rollouts/unready.h"

#include "service/app/rollouts/phases.h"
#include "tests/app/rollouts/readiness_fixture.h"

namespace kirikae::app {
namespace {

using domain::PlacementState;
using domain::WaveState;
using ::testing::Contains;
using ::testing::ElementsAre;

class Unready : public ReadinessFixture {
 protected:
  std::vector<domain::ChangeSet> Drops() {
    store::ChangeSetQuery query;
    query.act = "DROP_UNREADY";
    return Read()->ListChangeSets(query).value();
  }
  domain::Placement PlacementOfDevice(const std::string& tag) {
    return *Read()->FindPlacement("face", tag).value();
  }
};

// Two open days before Monday 12 May is Thursday 8 May: B1 has all of it to become ready.
TEST_F(Unready, ADeviceLeavesItsWaveWhenTheDayToBeReadyIsOver) {
  GiveToUnregistered("B1");
  GoTo("2025-05-07");
  GoTo("2025-05-08");
  EXPECT_EQ(StateOf("B1"), PlacementState::kPlanned);
  GoTo("2025-05-09");
  const domain::Placement left = PlacementOfDevice("B1");
  EXPECT_EQ(left.state, PlacementState::kUnplanned);
  EXPECT_EQ(left.wave, 0);
  EXPECT_EQ(left.day, std::nullopt);
  EXPECT_EQ(left.phase, "rest");
  EXPECT_EQ(StateOf("B2"), PlacementState::kPlanned);
  EXPECT_EQ(Wave(2).state, WaveState::kPlanned);
  ASSERT_EQ(Drops().size(), 1U);
  EXPECT_EQ(Drops()[0].actor, "kirikaed");
  EXPECT_EQ(Drops()[0].reason, "USER_NOT_ENROLLED");
  EXPECT_EQ(Drops()[0].effective_time, At("2025-05-09T00:00:00+09:00"));
  GoTo("2025-05-09");
  EXPECT_EQ(Drops().size(), 1U) << "none leaves twice";
}

TEST_F(Unready, ADeviceThatBecameReadyOnTheLastDayStays) {
  GiveToUnregistered("B1");
  GoTo("2025-05-08");
  domain::Staff person = **Read()->FindStaff("0002");
  person.enrolment = domain::EnrolmentState::kEnrolled;
  person.enrolled_on = Day("2025-05-08");
  Store({person});
  GoTo("2025-05-12");
  EXPECT_EQ(StateOf("B1"), PlacementState::kPlanned);
  EXPECT_TRUE(Drops().empty());
}

TEST_F(Unready, AWaveThatNobodyIsLeftInIsCancelled) {
  GiveToUnregistered("B1");
  TakeCamera("B2");
  GoTo("2025-05-09");
  EXPECT_EQ(StateOf("B1"), PlacementState::kUnplanned);
  EXPECT_EQ(StateOf("B2"), PlacementState::kUnplanned);
  EXPECT_EQ(Wave(2).state, WaveState::kCancelled);
  std::vector<std::string> reasons;
  for (const domain::ChangeSet& set : Drops()) reasons.push_back(set.reason);
  EXPECT_THAT(reasons, ::testing::UnorderedElementsAre("USER_NOT_ENROLLED", "NO_CAMERA"));
}

TEST_F(Unready, ADayInTheRecordsKeepsADeviceInAWaveThatIsNotBeforeIt) {
  TakeCamera("B1");
  SetCameraDue("B1", "2025-05-12");
  TakeCamera("B2");
  SetCameraDue("B2", "2025-05-13");
  GoTo("2025-05-09");
  EXPECT_EQ(StateOf("B1"), PlacementState::kPlanned);
  EXPECT_EQ(StateOf("B2"), PlacementState::kUnplanned) << "its camera comes after the wave";
}

TEST_F(Unready, ADeliveryThatDidNotComeIsNoneAnyMore) {
  TakeCamera("B1");
  SetCameraDue("B1", "2025-05-08");
  GoTo("2025-05-08");
  EXPECT_EQ(StateOf("B1"), PlacementState::kPlanned);
  GoTo("2025-05-09");
  EXPECT_EQ(StateOf("B1"), PlacementState::kUnplanned);
}

TEST_F(Unready, WithoutExpectationsEveryDeviceStays) {
  Policy("{ visit_minutes: 0 }");
  GiveToUnregistered("B1");
  GoTo("2025-05-09");
  EXPECT_EQ(StateOf("B1"), PlacementState::kPlanned);
}

TEST_F(Unready, ZeroDaysLetEveryDeviceStay) {
  Policy("{ expect: { enrolment: 2 }, ready_before: 0 }");
  GiveToUnregistered("B1");
  GoTo("2025-05-09");
  EXPECT_EQ(StateOf("B1"), PlacementState::kPlanned);
}

TEST_F(Unready, AFigureOfThePolicySaysHowLongBefore) {
  Policy("{ ready_before: 1 }");
  GiveToUnregistered("B1");
  GoTo("2025-05-09");
  EXPECT_EQ(StateOf("B1"), PlacementState::kPlanned) << "Friday is its day";
  GoTo("2025-05-10");
  EXPECT_EQ(StateOf("B1"), PlacementState::kUnplanned);
}

TEST_F(Unready, APausedRolloutLetsNobodyLeave) {
  GiveToUnregistered("B1");
  domain::Rollout rollout = Rollout();
  rollout.state = domain::RolloutState::kPaused;
  Store({rollout});
  GoTo("2025-05-09");
  EXPECT_EQ(StateOf("B1"), PlacementState::kPlanned);
}

TEST_F(Unready, ADeviceOfAWaveThatHasBegunStays) {
  GoTo("2025-05-08");
  EXPECT_EQ(StateOf("A1"), PlacementState::kDue);
  TakeCamera("A1");
  GoTo("2025-05-09");
  EXPECT_EQ(StateOf("A1"), PlacementState::kDue) << "a person decides about it";
}

// Tuesday 6 May is a holiday, so two open days before Thursday 8 May is Friday 2 May.
TEST_F(Unready, TheGateCountsItOnNeitherSideAndThePhaseWaitsForItsNewDay) {
  TakeCamera("A3");
  GoTo("2025-05-07");
  EXPECT_EQ(StateOf("A3"), PlacementState::kUnplanned);
  GoTo("2025-05-08");
  ASSERT_TRUE(Mark(Migrated({"A1", "A2"})).ok());
  GoTo("2025-05-09");
  EXPECT_EQ(Wave(1).state, WaveState::kDone);
  const auto view = Read();
  const domain::Rollout rollout = Rollout();
  const auto file = FileOf(rollout);
  ASSERT_TRUE(file.ok());
  const auto phases = PhasesNow(ward_, *view, rollout, **file);
  ASSERT_TRUE(phases.ok()) << phases.status();
  const domain::Tally& tally = phases->front().facts.tally;
  EXPECT_EQ(tally.Succeeded(), 2);
  EXPECT_EQ(tally.Attempted(), 2);
  EXPECT_EQ(tally.Count(PlacementState::kUnplanned), 1);
  EXPECT_EQ(PhaseOf("pilot"), domain::PhaseState::kOpen);
  EXPECT_EQ(phases->front().blocked_count, 0) << "its camera is expected";
}

TEST_F(Unready, AfterAStandstillTheDeviceLeavesBeforeTheWaveStarts) {
  TakeCamera("A3");
  GoTo("2025-05-08");
  EXPECT_EQ(StateOf("A3"), PlacementState::kUnplanned);
  EXPECT_EQ(StateOf("A1"), PlacementState::kDue);
  EXPECT_THAT(Acts(), Contains("DROP_UNREADY"));
}

}  // namespace
}  // namespace kirikae::app
