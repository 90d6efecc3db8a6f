// Undoing marks: a device that is to do again needs a wave that is still there.
#include "service/app/audit/undo.h"
#include "tests/app/rollouts/rollout_fixture.h"

namespace kirikae::app {
namespace {

using domain::PlacementState;

class UndoMarkTest : public RolloutFixture {
 protected:
  void SetUp() override {
    RolloutFixture::SetUp();
    GoTo("2025-05-08");
  }
  absl::Status UndoNewest() {
    const int64_t set = Read()->ListChangeSets({})->front().id;
    return Undo(set);
  }
  absl::Status Undo(int64_t set) {
    now_ += absl::Minutes(1);
    return Write([&](store::ReadView& view, int64_t, const WriteContext& act) {
      return UndoDraft(view, set, {}, act);
    });
  }
  int64_t Exempt(const std::string& tag) {
    EXPECT_TRUE(Mark(Order(domain::Outcome::kExempt, {tag})).ok());
    return Read()->ListChangeSets({})->front().id;
  }
};

TEST_F(UndoMarkTest, TheDeviceIsDueAgainInItsWave) {
  Exempt("A1");
  ASSERT_TRUE(UndoNewest().ok());
  EXPECT_EQ(StateOf("A1"), PlacementState::kDue);
}

// Once it was planned again in the cancelled wave, so that nobody ever came.
TEST_F(UndoMarkTest, AfterItsWaveWasCancelledTheDeviceIsUnplanned) {
  const int64_t set = Exempt("B1");
  domain::Wave wave = Wave(2);
  wave.state = domain::WaveState::kCancelled;
  Store({wave});
  ASSERT_TRUE(Undo(set).ok());
  EXPECT_EQ(StateOf("B1"), PlacementState::kUnplanned);
  EXPECT_EQ((*Read()->FindPlacement("face", "B1"))->wave, 0);
}

TEST_F(UndoMarkTest, AfterItsRolloutIsOverTheDeviceIsUnplanned) {
  const int64_t set = Exempt("B1");
  domain::Rollout rollout = Rollout();
  rollout.state = domain::RolloutState::kCancelled;
  Store({rollout});
  ASSERT_TRUE(Undo(set).ok());
  EXPECT_EQ(StateOf("B1"), PlacementState::kUnplanned);
}

}  // namespace
}  // namespace kirikae::app
