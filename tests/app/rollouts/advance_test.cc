// Changes that become due day after day.
#include "tests/app/rollouts/rollout_fixture.h"

namespace kirikae::app {
namespace {

using domain::PhaseState;
using domain::PlacementState;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Advance : public RolloutFixture {};

TEST_F(Advance, TheFirstPhaseOpensAndItsWaveStartsOnItsDay) {
  GoTo("2025-05-07");
  EXPECT_THAT(Acts(), ElementsAre("PHASE_OPEN"));
  EXPECT_EQ(PhaseOf("pilot"), PhaseState::kOpen);
  EXPECT_EQ(PhaseOf("rest"), PhaseState::kWaiting);
  EXPECT_EQ(StateOf("A1"), PlacementState::kPlanned);
  GoTo("2025-05-08");
  EXPECT_EQ(Wave(1).state, domain::WaveState::kInProgress);
  EXPECT_EQ(StateOf("A1"), PlacementState::kDue);
  EXPECT_EQ(StateOf("B1"), PlacementState::kPlanned);
}

TEST_F(Advance, NothingIsDueTwice) {
  GoTo("2025-05-08");
  const size_t acts = Acts().size();
  GoTo("2025-05-08");
  EXPECT_EQ(Acts().size(), acts);
  EXPECT_FALSE(NextDue(ward_, *Read()).value().has_value());
}

TEST_F(Advance, AskingWithoutWritingGivesTheSameAgain) {
  const auto view = Read();
  const auto first = NextDue(ward_, *view).value();
  const auto second = NextDue(ward_, *view).value();
  ASSERT_TRUE(first.has_value() && second.has_value());
  EXPECT_EQ(first->act, second->act);
  EXPECT_EQ(first->edits.size(), second->edits.size());
}

TEST_F(Advance, APhaseSoaksPassesAndOpensTheNextOne) {
  GoTo("2025-05-08");
  ASSERT_TRUE(Mark(Migrated({"A1", "A2", "A3"})).ok());
  GoTo("2025-05-08");
  EXPECT_EQ(PhaseOf("pilot"), PhaseState::kSoaking);
  // Friday is the one working day of the soak.
  GoTo("2025-05-09");
  EXPECT_EQ(PhaseOf("pilot"), PhaseState::kSoaking);
  GoTo("2025-05-10");
  EXPECT_EQ(PhaseOf("pilot"), PhaseState::kPassed);
  EXPECT_EQ(PhaseOf("rest"), PhaseState::kOpen);
  EXPECT_EQ(StateOf("A1"), PlacementState::kVerified);
}

TEST_F(Advance, CatchingUpAfterWeeksDoesWhatWasDueInItsOrder) {
  GoTo("2025-05-08");
  ASSERT_TRUE(Mark(Migrated({"A1", "A2", "A3"})).ok());
  const size_t before = Acts().size() + 1;
  GoTo("2025-06-02");
  const std::vector<std::string> acts = Acts(before);
  EXPECT_THAT(acts, ElementsAre("PHASE_SOAKING", "PHASE_GATE", "PHASE_PASSED", "PHASE_OPEN",
                                "START_WAVE", "SOAK_PASSED"));
  EXPECT_EQ(StateOf("B1"), PlacementState::kDue);
}

TEST_F(Advance, ARolloutIsCompletedWhenItsLastPhaseHasPassed) {
  GoTo("2025-05-08");
  ASSERT_TRUE(Mark(Migrated({"A1", "A2", "A3"})).ok());
  GoTo("2025-05-12");
  ASSERT_TRUE(Mark(Migrated({"B1", "B2"})).ok());
  GoTo("2025-05-13");
  EXPECT_EQ(Rollout().state, domain::RolloutState::kCompleted);
}

TEST_F(Advance, AHeldPhaseStartsNoWave) {
  GoTo("2025-05-07");
  auto held = *Read()->FindPhase("face", "pilot").value();
  held.state = PhaseState::kHeld;
  held.hold_rule = domain::HoldRule::kPerson;
  Store({held});
  GoTo("2025-05-08");
  EXPECT_EQ(Wave(1).state, domain::WaveState::kPlanned);
  EXPECT_EQ(StateOf("A1"), PlacementState::kPlanned);
}

TEST_F(Advance, AnExceptionEndsAtItsInstant) {
  auto device = *Read()->FindDevice("A1").value();
  device.exception = domain::MethodException{.method = domain::AuthMethod::kFaceAndIcCard,
                                             .from = now_,
                                             .until = At("2025-05-10T00:00:00+09:00"),
                                             .granted_by = "山田",
                                             .reason = "試験"};
  Store({store::DeviceEdit{device, std::nullopt}});
  GoTo("2025-05-09");
  EXPECT_TRUE(Read()->FindDevice("A1").value()->exception.has_value());
  GoTo("2025-05-11");
  EXPECT_FALSE(Read()->FindDevice("A1").value()->exception.has_value());
  store::ChangeSetQuery query;
  query.act = "EXCEPTION_ENDED";
  const auto ended = Read()->ListChangeSets(query).value();
  ASSERT_EQ(ended.size(), 1U);
  EXPECT_EQ(ended[0].actor, "kirikaed");
  EXPECT_EQ(ended[0].effective_time, At("2025-05-10T00:00:00+09:00"));
}

// The last open device of a phase broke and was retired; the phase waited for it for ever.
TEST_F(Advance, ADeviceOutOfUseOrOutOfTheScopeLeavesThePhaseAndItsWave) {
  const auto change = [&](const std::string& tag, domain::DeviceState state) {
    domain::Device device = *Read()->FindDevice(tag).value();
    device.state = state;
    Store({store::DeviceEdit{device, std::nullopt}});
  };
  GoTo("2025-05-08");
  ASSERT_TRUE(Mark(Migrated({"A1"})).ok());
  change("A2", domain::DeviceState::kRetired);
  GoTo("2025-05-08");
  EXPECT_EQ(PhaseOf("pilot"), domain::PhaseState::kOpen) << "A3 is left";
  change("A3", domain::DeviceState::kSpare);
  GoTo("2025-05-08");
  EXPECT_EQ(Wave(1).state, domain::WaveState::kDone);
  EXPECT_EQ(StateOf("A2"), domain::PlacementState::kUnplanned);
  EXPECT_EQ(PhaseOf("pilot"), domain::PhaseState::kSoaking);
  GoTo("2025-05-12");
  EXPECT_EQ(PhaseOf("pilot"), domain::PhaseState::kPassed);
  EXPECT_EQ(PhaseOf("rest"), domain::PhaseState::kOpen);
}

}  // namespace
}  // namespace kirikae::app
