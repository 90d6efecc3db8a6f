#include "service/domain/phase_gate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "service/domain/error_detail.h"
#include "service/domain/phase_release.h"

namespace kirikae::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr absl::CivilDay kToday(2025, 5, 20);

Tally Of(int migrated, int failed, int planned = 0, int rolled_back = 0) {
  Tally tally;
  tally.Add(PlacementState::kMigrated, migrated);
  tally.Add(PlacementState::kFailed, failed);
  tally.Add(PlacementState::kPlanned, planned);
  tally.Add(PlacementState::kRolledBack, rolled_back);
  return tally;
}

GatePolicy Gate97() {
  GatePolicy policy;
  policy.success_share = 0.97;
  policy.minimum_sample = 20;
  return policy;
}

PhaseStatus In(PhaseState state) {
  PhaseStatus status;
  status.id = "managers";
  status.state = state;
  return status;
}

PhaseFacts Facts(Tally tally) {
  PhaseFacts facts;
  facts.tally = tally;
  facts.soak_passed = true;
  facts.last_work = kToday - 10;
  facts.today = kToday;
  facts.now = absl::FromUnixSeconds(1000);
  return facts;
}

std::string Reason(const absl::Status& status) {
  const auto detail = DetailOf(status);
  return detail.has_value() ? detail->reason : "";
}

TEST(PhaseStates, EveryPairOfStateAndEventIsDecided) {
  using State = PhaseState;
  // A letter an event: open, work done, work appeared, soak passed, gate passed, hold, release.
  const std::map<State, std::string> expected = {
      {State::kWaiting, "O------"}, {State::kOpen, "OSO--H-"},   {State::kSoaking, "-SOG-H-"},
      {State::kGate, "--OGPH-"},    {State::kPassed, "--P-P--"}, {State::kHeld, "-----HO"}};
  const std::map<char, std::optional<State>> states = {{'O', State::kOpen}, {'S', State::kSoaking},
                                                       {'G', State::kGate}, {'P', State::kPassed},
                                                       {'H', State::kHeld}, {'-', std::nullopt}};
  ASSERT_EQ(expected.size(), 6U);
  for (const auto& [from, letters] : expected) {
    for (size_t i = 0; i < letters.size(); ++i) {
      EXPECT_EQ(AfterEvent(from, static_cast<PhaseEvent>(i + 1)), states.at(letters[i]))
          << Name(from) << " event " << i + 1;
    }
  }
}

TEST(PhaseGate, TheRateHoldsWithTheSampleReachedAndNotBefore) {
  const PhaseStatus open = In(PhaseState::kOpen);
  EXPECT_EQ(HoldBy(Gate97(), open, Of(15, 4)), std::nullopt) << "19 attempted";
  EXPECT_EQ(HoldBy(Gate97(), open, Of(16, 4)), HoldRule::kSuccessRate) << "20 attempted";
  EXPECT_EQ(HoldBy(Gate97(), open, Of(97, 3)), std::nullopt) << "just 97 %";
  EXPECT_EQ(HoldBy(Gate97(), open, Of(96, 3)), HoldRule::kSuccessRate) << "just below";
}

TEST(PhaseGate, ExcusedDevicesAreInNeitherSideOfTheRate) {
  Tally tally = Of(20, 0);
  tally.Add(PlacementState::kDeferred, 30);
  tally.Add(PlacementState::kExempt, 30);
  EXPECT_EQ(tally.Attempted(), 20);
  EXPECT_TRUE(MeetsRate(Gate97(), tally));
}

TEST(PhaseGate, ACountHoldsOnceItCantBeReachedAnyMore) {
  GatePolicy policy;
  policy.success_count = 10;
  const PhaseStatus open = In(PhaseState::kOpen);
  EXPECT_EQ(HoldBy(policy, open, Of(3, 1, 7)), std::nullopt) << "10 can still be reached";
  EXPECT_EQ(HoldBy(policy, open, Of(3, 2, 6)), HoldRule::kSuccessRate);
  EXPECT_FALSE(MeetsRate(policy, Of(9, 0)));
  EXPECT_TRUE(MeetsRate(policy, Of(10, 5)));
}

TEST(PhaseGate, MoreIncidentsThanAllowedHold) {
  GatePolicy policy;
  policy.incidents = 1;
  const PhaseStatus open = In(PhaseState::kOpen);
  EXPECT_EQ(HoldBy(policy, open, Of(5, 0, 0, 1)), std::nullopt);
  EXPECT_EQ(HoldBy(policy, open, Of(5, 0, 0, 2)), HoldRule::kIncidents);
}

TEST(PhaseGate, AReleaseForgivesWhatWasKnownAndNoMore) {
  PhaseStatus held = HeldByRule(In(PhaseState::kOpen), HoldRule::kSuccessRate, Of(16, 4),
                                absl::FromUnixSeconds(5));
  EXPECT_EQ(held.state, PhaseState::kHeld);
  EXPECT_EQ(held.held_attempted, 20);
  const auto released =
      Release(held, Gate97(), Facts(Of(16, 4, 5)), {"approver", "よし", absl::Now()}, false);
  ASSERT_TRUE(released.ok());
  EXPECT_EQ(released->state, PhaseState::kOpen);
  EXPECT_EQ(HoldBy(Gate97(), *released, Of(17, 4)), std::nullopt);
  EXPECT_EQ(HoldBy(Gate97(), *released, Of(17, 5)), HoldRule::kSuccessRate) << "one more failed";
}

TEST(PhaseGate, OpensTheNextOnlyWhenEverythingIsAsItMustBe) {
  GatePolicy policy = Gate97();
  policy.approval = true;
  PhaseFacts facts = Facts(Of(19, 1, 1));
  facts.soak_passed = false;
  EXPECT_THAT(GateBlocks(policy, In(PhaseState::kOpen), facts),
              ElementsAre(GateBlock::kUnfinished, GateBlock::kSoak, GateBlock::kSuccessRate,
                          GateBlock::kApproval));
  PhaseStatus approved = In(PhaseState::kGate);
  approved.approved = true;
  EXPECT_THAT(GateBlocks(policy, approved, Facts(Of(20, 0))), IsEmpty());
  EXPECT_THAT(GateBlocks(policy, In(PhaseState::kWaiting), facts), IsEmpty());
}

TEST(PhaseGate, APhaseGoesItsWayStepByStep) {
  PhaseFacts facts = Facts(Of(0, 0, 2));
  EXPECT_EQ(Advance(In(PhaseState::kWaiting), Gate97(), facts), std::nullopt);
  facts.may_open = true;
  auto phase = Advance(In(PhaseState::kWaiting), Gate97(), facts);
  ASSERT_TRUE(phase.has_value());
  EXPECT_EQ(phase->state, PhaseState::kOpen);
  EXPECT_EQ(phase->opened_on, kToday);
  EXPECT_EQ(Advance(*phase, Gate97(), facts), std::nullopt) << "two are left";
  facts.tally = Of(2, 0);
  facts.soak_passed = false;
  phase = Advance(*phase, Gate97(), facts);
  ASSERT_TRUE(phase.has_value());
  EXPECT_EQ(phase->state, PhaseState::kSoaking);
  EXPECT_EQ(phase->done_on, kToday - 10);
  EXPECT_EQ(Advance(*phase, Gate97(), facts), std::nullopt) << "it soaks";
  facts.soak_passed = true;
  phase = Advance(*phase, Gate97(), facts);
  ASSERT_TRUE(phase.has_value());
  EXPECT_EQ(phase->state, PhaseState::kGate);
  phase = Advance(*phase, Gate97(), facts);
  ASSERT_TRUE(phase.has_value());
  EXPECT_EQ(phase->state, PhaseState::kPassed);
  EXPECT_EQ(phase->passed_on, kToday);
  EXPECT_EQ(Advance(*phase, Gate97(), facts), std::nullopt);
}

TEST(PhaseGate, WorkThatAppearsOpensItAgain) {
  for (const PhaseState state : {PhaseState::kSoaking, PhaseState::kGate}) {
    const auto phase = Advance(In(state), Gate97(), Facts(Of(20, 0, 1)));
    ASSERT_TRUE(phase.has_value());
    EXPECT_EQ(phase->state, PhaseState::kOpen);
    EXPECT_EQ(phase->done_on, std::nullopt);
  }
}

TEST(PhaseGate, ARateBelowItsThresholdNeverOpensTheNextWithoutAnOverride) {
  const PhaseAct act{"approver", "続行", absl::FromUnixSeconds(9)};
  // Below the sample, no rule holds the phase; the gate stays closed all the same.
  const PhaseFacts facts = Facts(Of(9, 1));
  const PhaseStatus gate = In(PhaseState::kGate);
  EXPECT_EQ(Advance(gate, Gate97(), facts), std::nullopt);
  EXPECT_EQ(Reason(Release(gate, Gate97(), facts, act, false).status()), "PHASE_NOT_HELD");
  const auto forced = Release(gate, Gate97(), facts, act, true);
  ASSERT_TRUE(forced.ok());
  EXPECT_EQ(forced->state, PhaseState::kPassed);
  EXPECT_TRUE(forced->overridden);
  EXPECT_EQ(forced->remark, "続行");
}

TEST(PhaseGate, AnApprovalOpensAGateThatWaitsForNothingElse) {
  GatePolicy policy = Gate97();
  policy.approval = true;
  const PhaseAct act{"approver", "承認", absl::FromUnixSeconds(9)};
  const auto opened = Release(In(PhaseState::kGate), policy, Facts(Of(20, 0)), act, false);
  ASSERT_TRUE(opened.ok());
  EXPECT_EQ(opened->state, PhaseState::kPassed);
  EXPECT_FALSE(opened->overridden);
  const auto waits = Release(In(PhaseState::kGate), policy, Facts(Of(9, 1)), act, false);
  ASSERT_TRUE(waits.ok());
  EXPECT_EQ(waits->state, PhaseState::kGate) << "the rate is still below";
  EXPECT_EQ(Reason(Release(*waits, policy, Facts(Of(9, 1)), act, false).status()),
            "PHASE_NOT_HELD");
}

TEST(PhaseGate, HoldsAndReleasesAreRefusedWhereTheyMeanNothing) {
  const PhaseAct act{"planner", "停電", absl::FromUnixSeconds(9)};
  const PhaseFacts facts = Facts(Of(1, 0));
  for (const PhaseState state : {PhaseState::kWaiting, PhaseState::kPassed}) {
    EXPECT_EQ(Reason(Hold(In(state), act).status()), "PHASE_DOES_NOT_RUN");
    EXPECT_EQ(Reason(Release(In(state), Gate97(), facts, act, false).status()), "PHASE_NOT_HELD");
  }
  EXPECT_EQ(Reason(Release(In(PhaseState::kOpen), Gate97(), facts, act, false).status()),
            "PHASE_NOT_HELD");
  EXPECT_EQ(Reason(Release(In(PhaseState::kSoaking), Gate97(), facts, act, true).status()),
            "OVERRIDE_BEFORE_GATE");
  for (const PhaseState state : {PhaseState::kOpen, PhaseState::kSoaking, PhaseState::kGate}) {
    const auto held = Hold(In(state), act);
    ASSERT_TRUE(held.ok());
    EXPECT_EQ(held->state, PhaseState::kHeld);
    EXPECT_EQ(held->held_by, "planner");
    const auto again = Hold(*held, {"other", "x", absl::Now()});
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(again->held_by, "planner") << "it is held already";
    const auto released = Release(*held, Gate97(), Facts(Of(1, 0, 1)), act, false);
    ASSERT_TRUE(released.ok());
    EXPECT_EQ(released->state, state);
    EXPECT_EQ(released->held_by, "");
  }
}

TEST(PhaseGate, NothingAttemptedNeitherSoaksNorPassesWithoutAPerson) {
  Tally excused;
  excused.Add(PlacementState::kDeferred, 4);
  excused.Add(PlacementState::kExempt, 2);
  const PhaseAct act{"approver", "対象なし", absl::FromUnixSeconds(9)};
  for (const Tally& tally : {excused, Tally()}) {
    PhaseFacts facts = Facts(tally);
    facts.last_work = std::nullopt;
    EXPECT_EQ(Advance(In(PhaseState::kOpen), Gate97(), facts), std::nullopt);
    EXPECT_EQ(Advance(In(PhaseState::kGate), Gate97(), facts), std::nullopt);
    EXPECT_THAT(GateBlocks(Gate97(), In(PhaseState::kOpen), facts),
                ElementsAre(GateBlock::kNothingAttempted));
    const auto released = Release(In(PhaseState::kOpen), Gate97(), facts, act, false);
    ASSERT_TRUE(released.ok()) << released.status();
    EXPECT_EQ(released->state, PhaseState::kPassed);
    EXPECT_FALSE(released->overridden);
    EXPECT_EQ(released->released_by, "approver");
  }
  // A count of successes is not reached by nothing; only an override passes it.
  GatePolicy count;
  count.success_count = 1;
  const auto waits = Release(In(PhaseState::kOpen), count, Facts(excused), act, false);
  ASSERT_TRUE(waits.ok());
  EXPECT_EQ(waits->state, PhaseState::kGate);
}

TEST(PhaseGate, AConfidenceAsksForWhatTheSampleProves) {
  GatePolicy policy;
  policy.success_share = 0.9;
  policy.confidence = 0.95;
  const PhaseStatus gate = In(PhaseState::kGate);
  EXPECT_THAT(GateBlocks(policy, gate, Facts(Of(20, 0))), ElementsAre(GateBlock::kConfidence))
      << "20 of 20 prove 88 %";
  EXPECT_THAT(GateBlocks(policy, gate, Facts(Of(30, 0))), IsEmpty()) << "30 of 30 prove 91.7 %";
  EXPECT_EQ(Advance(gate, policy, Facts(Of(20, 0))), std::nullopt);
}

TEST(PhaseGate, ASequentialTestHoldsBeforeTheSampleIsReached) {
  GatePolicy policy = Gate97();
  policy.sequential = SequentialTest{0.97, 0.90, 0.05};
  EXPECT_EQ(HoldBy(policy, In(PhaseState::kOpen), Of(5, 2)), std::nullopt);
  EXPECT_EQ(HoldBy(policy, In(PhaseState::kOpen), Of(5, 3)), HoldRule::kSuccessRate);
  PhaseStatus released = In(PhaseState::kOpen);
  released.forgiven_failures = 3;
  EXPECT_EQ(HoldBy(policy, released, Of(5, 3)), std::nullopt) << "a person accepted these";
}

}  // namespace
}  // namespace kirikae::domain
