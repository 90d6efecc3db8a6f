// A start on a disk that can't be written: reads are served, writes are refused, and once there is
// room they are taken without a restart.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <string>

#include "tests/faults/support/work.h"

namespace kirikae::testing {
namespace {

using ::testing::IsEmpty;
using ::testing::Not;

class ReadOnlyStart : public ::testing::TestWithParam<FaultKind> {
 protected:
  // The act's store on a disk that can't be written from the start on.
  void TryAct(const std::string& name) {
    const Act act = ActOf(name);
    const Files before = act.before();
    std::array<int64_t, kFaultKinds> calls{};
    const CleanRun clean = RunClean(act, before, calls);
    Work work(act, before);
    work.disk().Fail(Fault{.kind = GetParam(), .first = 1, .for_ever = true});
    const absl::Status opened = work.Open();
    ASSERT_TRUE(opened.ok()) << opened;
    EXPECT_TRUE(work.Read().ok()) << work.Read().status();
    for (const absl::Status& error : work.Write()) {
      EXPECT_TRUE(absl::IsUnavailable(error) || absl::IsResourceExhausted(error)) << error;
    }
    EXPECT_THAT(work.acknowledged(), IsEmpty());
    EXPECT_TRUE(work.Read().ok());
    work.disk().Heal();
    EXPECT_THAT(work.Write(), IsEmpty());
    EXPECT_THAT(work.acknowledged(), Not(IsEmpty()));
    EXPECT_TRUE(work.Read().ok());
    work.Close();
    Tally tally;
    EXPECT_EQ(Judge(work.disk().Now(), {act, clean, work.acknowledged()}, tally), Faults());
    EXPECT_EQ(tally.lost, 0);
  }
};

INSTANTIATE_TEST_SUITE_P(Kinds, ReadOnlyStart,
                         ::testing::Values(FaultKind::kFull, FaultKind::kIoOfWrites),
                         [](const auto& kind) { return std::string(Name(kind.param)); });

TEST_P(ReadOnlyStart, AfterACleanStopServesReadsAndLaterWrites) { TryAct("Marks"); }

TEST_P(ReadOnlyStart, AfterAKillServesReadsAndLaterWrites) { TryAct("StartAfterAKill"); }

}  // namespace
}  // namespace kirikae::testing
