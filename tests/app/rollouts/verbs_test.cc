// Starting, pausing, resuming and cancelling.
#include "service/app/rollouts/verbs.h"

#include "tests/app/rollouts/rollout_fixture.h"

namespace kirikae::app {
namespace {

using domain::RolloutEvent;
using domain::RolloutState;

class Verbs : public RolloutFixture {
 protected:
  absl::StatusOr<RolloutEffect> Apply(const RolloutVerb& verb) {
    absl::StatusOr<RolloutEffect> effect;
    const absl::Status status = Write([&](store::ReadView& view, int64_t,
                                          const WriteContext& act) -> absl::StatusOr<store::Draft> {
      effect = ApplyVerb(view, *view.FindRollout("face").value(), verb, ward_.Today());
      if (!effect.ok()) return effect.status();
      store::Draft draft = act.NewDraft(verb.act);
      draft.edits = effect->edits;
      return draft;
    });
    if (!status.ok()) return status;
    return effect;
  }
  const RolloutVerb pause_ = {RolloutEvent::kPause, domain::Act::kPauseRollout};
  const RolloutVerb cancel_ = {RolloutEvent::kCancel, domain::Act::kCancelRollout};
};

TEST_F(Verbs, APauseStopsAllWaves) {
  GoTo("2025-05-08");
  const auto effect = Apply(pause_);
  ASSERT_TRUE(effect.ok()) << effect.status();
  EXPECT_TRUE(effect->changed);
  EXPECT_EQ(effect->running_waves, 1);
  EXPECT_FALSE(effect->running_waves_go_on);
  EXPECT_EQ(Rollout().state, RolloutState::kPaused);
  const auto again = Apply(pause_);
  EXPECT_FALSE(again->changed);
  EXPECT_TRUE(again->edits.empty());
}

TEST_F(Verbs, APauseMayLetRunningWavesFinish) {
  GoTo("2025-05-08");
  RolloutVerb let = pause_;
  let.let_running_waves_finish = true;
  ASSERT_TRUE(Apply(let)->running_waves_go_on);
  EXPECT_EQ(Rollout().waves_go_on_until, Day("2025-05-08"));
  // Repeating the pause on a later day keeps the day of the first one.
  GoTo("2025-05-09");
  EXPECT_FALSE(Apply(let)->changed);
  ASSERT_TRUE(Apply({RolloutEvent::kResume, domain::Act::kResumeRollout}).ok());
  EXPECT_FALSE(Rollout().waves_go_on_until.has_value());
}

TEST_F(Verbs, ACancelKeepsWhatHappenedAndDropsTheRest) {
  GoTo("2025-05-08");
  ASSERT_TRUE(Mark(Migrated({"A1"})).ok());
  const auto effect = Apply(cancel_);
  ASSERT_TRUE(effect.ok()) << effect.status();
  EXPECT_EQ(effect->released_devices, 4);
  EXPECT_EQ(effect->cancelled_waves, 1);
  EXPECT_EQ(StateOf("A1"), domain::PlacementState::kMigrated);
  EXPECT_EQ(StateOf("A2"), domain::PlacementState::kUnplanned);
  EXPECT_EQ(Wave(2).state, domain::WaveState::kCancelled);
  EXPECT_EQ(Rollout().state, RolloutState::kCancelled);
}

TEST_F(Verbs, ADraftWithoutAPlanDoesNotStart) {
  domain::Rollout draft = Rollout();
  draft.state = RolloutState::kDraft;
  draft.approved_plan = 0;
  Store({draft});
  EXPECT_EQ(Apply({RolloutEvent::kStart, domain::Act::kStartRollout}).status().code(),
            absl::StatusCode::kFailedPrecondition);
}

TEST_F(Verbs, ACancelledRolloutRefusesToGoOn) {
  ASSERT_TRUE(Apply(cancel_).ok());
  EXPECT_EQ(Apply({RolloutEvent::kResume, domain::Act::kResumeRollout}).status().code(),
            absl::StatusCode::kFailedPrecondition);
}

}  // namespace
}  // namespace kirikae::app
