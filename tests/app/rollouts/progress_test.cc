// Progress, phase facts, and the conditions of gates.
#include "service/app/rollouts/progress.h"

#include <atomic>
#include <thread>
#include <vector>

#include "service/app/rollouts/gate_words.h"
#include "service/app/rollouts/phase_acts.h"
#include "tests/app/rollouts/rollout_fixture.h"

namespace kirikae::app {
namespace {

using domain::GateBlock;
using domain::PhaseState;
using domain::PlacementState;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ProgressTest : public RolloutFixture {
 protected:
  Progress Count() {
    auto progress = CountProgress(ward_, *Read(), Rollout(), censuses_);
    EXPECT_TRUE(progress.ok()) << progress.status();
    return *std::move(progress);
  }
  absl::Status Release(const std::string& id, bool override) {
    return Write([&, override](store::ReadView& view, int64_t,
                               const WriteContext& act) -> absl::StatusOr<store::Draft> {
      auto change = ReleasePhase(ward_, act, view, {"face", id}, "確認した", override);
      if (!change.ok()) return change.status();
      return std::move(change->draft);
    });
  }

  CensusKeeper censuses_;
};

TEST_F(ProgressTest, CountsByPhaseDepartmentTeamAndCause) {
  GoTo("2025-05-08");
  ASSERT_TRUE(Mark(Migrated({"A1"})).ok());
  ASSERT_TRUE(Mark(Failed({"A2"})).ok());
  const Progress progress = Count();
  EXPECT_EQ(progress.total.tally.Total(), 5);
  ASSERT_EQ(progress.phases.size(), 2U);
  EXPECT_EQ(progress.phases[0].id, "pilot");
  EXPECT_EQ(progress.phases[0].title, "試行");
  EXPECT_EQ(progress.phases[0].tally.Count(PlacementState::kMigrated), 1);
  EXPECT_EQ(progress.phases[0].tally.Count(PlacementState::kFailed), 1);
  EXPECT_EQ(progress.phases[1].tally.Count(PlacementState::kPlanned), 2);
  ASSERT_EQ(progress.departments.size(), 2U);
  ASSERT_EQ(progress.teams.size(), 1U);
  EXPECT_EQ(progress.teams[0].tally.Total(), 5);
  ASSERT_EQ(progress.causes.size(), 1U);
  EXPECT_EQ(progress.causes.at(domain::FailureCause::kCameraFault), 1);
}

TEST_F(ProgressTest, WhoLooksAgainCostsNoReadingUntilSomethingIsWritten) {
  GoTo("2025-05-08");
  EXPECT_EQ(Count().total.tally.Count(PlacementState::kMigrated), 0);
  EXPECT_EQ(Count().total.tally.Count(PlacementState::kMigrated), 0);
  EXPECT_EQ(censuses_.taken(), 1);
  ASSERT_TRUE(Mark(Migrated({"A1"})).ok());
  const Progress progress = Count();
  EXPECT_EQ(progress.total.tally.Count(PlacementState::kMigrated), 1);
  EXPECT_EQ(progress.gates[0].facts.tally.Count(PlacementState::kMigrated), 1);
  EXPECT_EQ(censuses_.taken(), 2);
}

TEST_F(ProgressTest, ManyWhoLookAtOnceCostOneReading) {
  GoTo("2025-05-08");
  constexpr int kCallers = 8;
  std::vector<std::thread> callers;
  callers.reserve(kCallers);
  std::atomic<int> right = 0;
  for (int i = 0; i < kCallers; ++i) {
    callers.emplace_back([&] { right += Count().total.tally.Total() == 5 ? 1 : 0; });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(right, kCallers);
  EXPECT_EQ(censuses_.taken(), 1);
}

TEST_F(ProgressTest, ASnapshotFromBeforeAMarkIsAnsweredByTheLaterCensus) {
  GoTo("2025-05-08");
  const auto before = Read();
  ASSERT_TRUE(Mark(Migrated({"A1"})).ok());
  ASSERT_EQ(Count().total.tally.Count(PlacementState::kMigrated), 1);
  const auto progress = CountProgress(ward_, *before, Rollout(), censuses_);
  ASSERT_TRUE(progress.ok()) << progress.status();
  EXPECT_EQ(progress->total.tally.Count(PlacementState::kMigrated), 1);
  EXPECT_EQ(censuses_.taken(), 1);
}

TEST_F(ProgressTest, TheBurnUpGoesFromTheFirstDayToTheLast) {
  GoTo("2025-05-08");
  ASSERT_TRUE(Mark(Migrated({"A1"})).ok());
  const Progress progress = Count();
  ASSERT_EQ(progress.burn_up.size(), 5U);  // Thursday to Monday
  EXPECT_EQ(progress.burn_up[0].day, Day("2025-05-08"));
  EXPECT_EQ(progress.burn_up[0].planned, 3);
  EXPECT_EQ(progress.burn_up[0].done, 1);
  EXPECT_EQ(progress.burn_up[4].planned, 5);
  EXPECT_FALSE(progress.burn_up[4].done.has_value());
}

TEST_F(ProgressTest, ALateJoinerWithABlockerIsCountedAsBlocked) {
  auto device = DeviceOf("A9", "総務部");
  device.device.camera = domain::Camera::kNone;
  Store({device});
  const Progress progress = Count();
  EXPECT_EQ(progress.phases[0].tally.Count(PlacementState::kUnplanned), 1);
  EXPECT_EQ(progress.phases[0].blocked, 1);
}

TEST_F(ProgressTest, AGateWaitsForUnfinishedDevicesAndNamesThem) {
  GoTo("2025-05-08");
  const Progress progress = Count();
  const std::vector<GateCondition> conditions = OpenConditions(progress.gates[0]);
  ASSERT_FALSE(conditions.empty());
  EXPECT_EQ(conditions[0].block, GateBlock::kUnfinished);
  EXPECT_THAT(conditions[0].asset_tags, ElementsAre("A1", "A2", "A3"));
  EXPECT_THAT(conditions[0].sentence.args, ElementsAre("3"));
  EXPECT_THAT(OpenConditions(progress.gates[1]), IsEmpty());
}

TEST_F(ProgressTest, AHoldSaysTheFiguresItsRuleSaw) {
  GoTo("2025-05-08");
  ASSERT_TRUE(Mark(Failed({"A1", "A2"})).ok());
  ASSERT_TRUE(Mark(Migrated({"A3"})).ok());
  const Progress progress = Count();
  const auto held = HoldSentence(progress.gates[0]);
  ASSERT_TRUE(held.has_value());
  EXPECT_THAT(held->args, ElementsAre("0", "2", "0.0", "0.0", "60.0"));
}

TEST_F(ProgressTest, ARateIsRoundedDown) {
  PhaseNow phase;
  phase.spec.id = "all";
  phase.spec.gate.success_share = 0.97;
  phase.status.state = PhaseState::kHeld;
  phase.status.hold_rule = domain::HoldRule::kSuccessRate;
  phase.status.held_succeeded = 9696;
  phase.status.held_attempted = 10000;
  EXPECT_THAT(HoldSentence(phase)->args, ElementsAre("9696", "10000", "96.9", "96.6", "97.0"));
}

TEST_F(ProgressTest, APersonsHoldHasNoSentenceOfARule) {
  PhaseNow phase;
  phase.status.state = PhaseState::kHeld;
  phase.status.hold_rule = domain::HoldRule::kPerson;
  phase.status.hold_reason = "庁舎停電";
  EXPECT_TRUE(IsHeld(phase.status));
  EXPECT_FALSE(HoldSentence(phase).has_value());
}

TEST_F(ProgressTest, APhaseThatIsNotThereIsNotFound) {
  EXPECT_EQ(Release("none", false).code(), absl::StatusCode::kNotFound);
}

TEST_F(ProgressTest, AReleaseForgivesWhatHadGoneWrong) {
  GoTo("2025-05-08");
  ASSERT_TRUE(Mark(Failed({"A1", "A2"})).ok());
  ASSERT_EQ(PhaseOf("pilot"), PhaseState::kHeld);
  ASSERT_TRUE(Release("pilot", false).ok());
  EXPECT_EQ(PhaseOf("pilot"), PhaseState::kOpen);
  EXPECT_EQ(Acts().back(), "RELEASE_PHASE");
  ASSERT_TRUE(Mark(Failed({"A3"})).ok());
  EXPECT_EQ(PhaseOf("pilot"), PhaseState::kHeld);
}

TEST_F(ProgressTest, AFigureIsShownAsRateNumberAndWhatItProves) {
  GoTo("2025-05-08");
  ASSERT_TRUE(Mark(Failed({"A1"})).ok());
  ASSERT_TRUE(Mark(Migrated({"A2"})).ok());
  const Progress progress = Count();
  const auto sentence = HoldSentence(progress.gates[0]);
  ASSERT_TRUE(sentence.has_value());
  EXPECT_THAT(sentence->args, ElementsAre("1", "2", "50.0", "12.0", "60.0"));
}

TEST_F(ProgressTest, APhaseInWhichNothingWasAttemptedWaitsForAPerson) {
  GoTo("2025-05-08");
  MarkOrder deferred = Order(domain::Outcome::kDeferred, {"A1", "A2", "A3"});
  deferred.until = Day("2025-06-02");
  ASSERT_TRUE(Mark(deferred).ok());
  GoTo("2025-05-09");
  EXPECT_EQ(PhaseOf("pilot"), PhaseState::kOpen) << "nothing soaks";
  EXPECT_EQ(PhaseOf("rest"), PhaseState::kWaiting);
  const auto conditions = OpenConditions(Count().gates[0]);
  ASSERT_EQ(conditions.size(), 1U);
  EXPECT_EQ(conditions[0].block, GateBlock::kNothingAttempted);
  EXPECT_FALSE(conditions[0].commands.empty());
  ASSERT_TRUE(Release("pilot", false).ok());
  EXPECT_EQ(PhaseOf("pilot"), PhaseState::kPassed);
}

TEST_F(ProgressTest, ABlockedDeviceIsNamedWithTheCommandsThatFreeThePhase) {
  GoTo("2025-05-08");
  ASSERT_TRUE(Mark(Migrated({"A1", "A2"})).ok());
  domain::Device device = *Read()->FindDevice("A3").value();
  device.camera = domain::Camera::kNone;
  Store({store::DeviceEdit{device, std::nullopt}});
  auto conditions = OpenConditions(Count().gates[0]);
  ASSERT_GE(conditions.size(), 2U);
  EXPECT_EQ(conditions[1].block, GateBlock::kBlocked);
  EXPECT_THAT(conditions[1].asset_tags, ElementsAre("A3"));
  EXPECT_EQ(conditions[1].commands.size(), 2U);
  device = *Read()->FindDevice("A3").value();
  device.labels["camera_due"] = "2025-05-20";
  Store({store::DeviceEdit{device, std::nullopt}});
  conditions = OpenConditions(Count().gates[0]);
  for (const GateCondition& condition : conditions) {
    EXPECT_NE(condition.block, GateBlock::kBlocked) << "it is known when it ends";
  }
}

}  // namespace
}  // namespace kirikae::app
