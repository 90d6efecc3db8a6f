// Events of a rollout, read from a position on.
#include "service/app/rollouts/events.h"

#include "tests/app/rollouts/rollout_fixture.h"

namespace kirikae::app {
namespace {

using ::testing::IsEmpty;

class Events : public RolloutFixture {};

TEST_F(Events, AMarkIsOneEventPerRecord) {
  GoTo("2025-05-08");
  RolloutEvents events("face", RolloutEvents::Newest(*Read()).value());
  EXPECT_THAT(events.Next(*Read()).value(), IsEmpty());
  ASSERT_TRUE(Mark(Migrated({"A1", "A2"})).ok());
  const auto marked = events.Next(*Read()).value();
  ASSERT_EQ(marked.size(), 2U);
  EXPECT_EQ(marked[0].record, "rollouts/face/placements/A1");
  EXPECT_EQ(marked[0].set.act, "MARK_MIGRATED");
  EXPECT_EQ(marked[0].set.actor, "山田");
  EXPECT_EQ(marked[0].old_state, "DUE");
  EXPECT_EQ(marked[0].new_state, "MIGRATED");
  EXPECT_THAT(events.Next(*Read()).value(), IsEmpty());
}

TEST_F(Events, AReaderGoesOnInTheMiddleOfAChangeSet) {
  GoTo("2025-05-08");
  const EventPosition start = RolloutEvents::Newest(*Read()).value();
  ASSERT_TRUE(Mark(Migrated({"A1", "A2", "A3"})).ok());
  const auto all = RolloutEvents("face", start).Next(*Read()).value();
  ASSERT_EQ(all.size(), 4U);  // the devices and their wave
  for (size_t i = 0; i < all.size(); ++i) {
    const auto rest = RolloutEvents("face", all[i].after).Next(*Read()).value();
    ASSERT_EQ(rest.size(), all.size() - i - 1);
    if (!rest.empty()) {
      EXPECT_EQ(rest[0].record, all[i + 1].record);
    }
  }
}

TEST_F(Events, ChangesOfDevicesAloneAreNoEvents) {
  RolloutEvents events("face", RolloutEvents::Newest(*Read()).value());
  Store({DeviceOf("C1", "総務部")});
  EXPECT_THAT(events.Next(*Read()).value(), IsEmpty());
}

TEST_F(Events, AnEmptyStoreHasNoEvents) {
  RolloutEvents events("other", {});
  EXPECT_THAT(events.Next(*Read()).value(), IsEmpty());
}

}  // namespace
}  // namespace kirikae::app
