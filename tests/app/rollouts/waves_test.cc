// Waves: lists and pages, starting and finishing by hand.
#include "service/app/rollouts/wave_acts.h"

#include "tests/app/rollouts/rollout_fixture.h"

namespace kirikae::app {
namespace {

using domain::PlacementState;
using domain::WaveState;
using ::testing::ElementsAre;

class Waves : public RolloutFixture {
 protected:
  absl::StatusOr<WaveNow> Do(
      const std::function<absl::StatusOr<WaveChange>(const WriteContext&, store::ReadView&)>&
          change) {
    WaveNow wave;
    const absl::Status status = Write([&](store::ReadView& view, int64_t,
                                          const WriteContext& act) -> absl::StatusOr<store::Draft> {
      auto changed = change(act, view);
      if (!changed.ok()) return changed.status();
      wave = changed->wave;
      return std::move(changed->draft);
    });
    if (!status.ok()) return status;
    return wave;
  }
  absl::StatusOr<WaveNow> Start(int64_t number) {
    return Do([this, number](const WriteContext& act, store::ReadView& view) {
      return StartWave(act, view, Wave(number));
    });
  }
  absl::StatusOr<WaveNow> Finish(int64_t number, bool return_open) {
    return Do([this, number, return_open](const WriteContext& act, store::ReadView& view) {
      return FinishWave(act, view, Wave(number), return_open);
    });
  }
};

TEST_F(Waves, PagesGoOnBehindAWave) {
  const WaveList first = ListWaves(*Read(), Rollout(), 0, 1).value();
  ASSERT_EQ(first.waves.size(), 1U);
  EXPECT_EQ(first.waves[0].wave.number, 1);
  EXPECT_EQ(first.waves[0].tally.Open(), 3);
  EXPECT_EQ(first.next_after, 1);
  const WaveList second = ListWaves(*Read(), Rollout(), 1, 1).value();
  ASSERT_EQ(second.waves.size(), 1U);
  EXPECT_EQ(second.waves[0].wave.number, 2);
  EXPECT_EQ(second.next_after, 0);
  EXPECT_FALSE(ListWaves(*Read(), Rollout(), 99, 1).ok());
}

TEST_F(Waves, OfOlderPlansOnlyWavesThatHaveBegunAreListed) {
  domain::Wave old = WaveOf(3, "pilot", "2025-05-01", "am");
  old.plan = 7;
  Store({old});
  EXPECT_EQ(ListWaves(*Read(), Rollout(), 0, 10)->waves.size(), 2U);
  old = Wave(3);
  old.state = WaveState::kDone;
  Store({old});
  EXPECT_EQ(ListWaves(*Read(), Rollout(), 0, 10)->waves.size(), 3U);
}

TEST_F(Waves, StartsBeforeItsDayWhereItsPhaseRuns) {
  GoTo("2025-05-07");
  const auto started = Start(1);
  ASSERT_TRUE(started.ok()) << started.status();
  EXPECT_EQ(started->wave.state, WaveState::kInProgress);
  EXPECT_THAT(started->asset_tags, ElementsAre("A1", "A2", "A3"));
  EXPECT_EQ(StateOf("A1"), PlacementState::kDue);
  EXPECT_EQ(Start(2).status().code(), absl::StatusCode::kFailedPrecondition);
}

TEST_F(Waves, FinishesOnlyWithoutDevicesToDo) {
  GoTo("2025-05-08");
  ASSERT_TRUE(Mark(Migrated({"A1", "A2"})).ok());
  const auto refused = Finish(1, false);
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(StateOf("A3"), PlacementState::kDue);
}

TEST_F(Waves, DevicesToDoAreReturnedWhereThatIsAskedFor) {
  GoTo("2025-05-08");
  ASSERT_TRUE(Mark(Migrated({"A1", "A2"})).ok());
  const auto finished = Finish(1, true);
  ASSERT_TRUE(finished.ok()) << finished.status();
  EXPECT_EQ(finished->wave.state, WaveState::kDone);
  EXPECT_THAT(finished->asset_tags, ElementsAre("A1", "A2"));
  EXPECT_EQ(StateOf("A3"), PlacementState::kUnplanned);
}

TEST_F(Waves, AWaveThatHasNotBegunDoesNotFinish) {
  EXPECT_EQ(Finish(2, true).status().code(), absl::StatusCode::kFailedPrecondition);
}

TEST_F(Waves, AWaveThatIsNotThereIsNotFound) {
  EXPECT_EQ(RequireWave(*Read(), "face", 9).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(RequireWave(*Read(), "none", 1).status().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace kirikae::app
