// A disk that reports success and does nothing is found: the other tests of this folder can fail.
#include <gtest/gtest.h>

#include <array>

#include "tests/faults/support/work.h"

namespace kirikae::testing {
namespace {

class Lies : public ::testing::Test {
 protected:
  Lies() : act_(ActOf("Marks")), before_(act_.before()) {
    clean_ = RunClean(act_, before_, calls_);
  }
  Expected ExpectedOf(const Work& work) const { return {act_, clean_, work.acknowledged()}; }

  const Act act_;
  const Files before_;
  CleanRun clean_;
  std::array<int64_t, kFaultKinds> calls_{};
  Tally tally_;
};

TEST_F(Lies, AFolderOfAnHonestDiskHasNoFaults) {
  Work work(act_, before_);
  work.disk().KeepUnsynced();
  ASSERT_TRUE(work.Open().ok());
  EXPECT_TRUE(work.Write().empty());
  EXPECT_EQ(Judge(work.disk().AfterCut({}), ExpectedOf(work), tally_), Faults());
  EXPECT_EQ(tally_.acknowledged, 3);
}

TEST_F(Lies, ASyncThatDoesNothingIsFound) {
  Work work(act_, before_);
  work.disk().KeepUnsynced();
  work.disk().Lie(false, true);
  ASSERT_TRUE(work.Open().ok());
  EXPECT_TRUE(work.Write().empty());
  EXPECT_FALSE(Judge(work.disk().AfterCut({}), ExpectedOf(work), tally_).empty());
  EXPECT_EQ(tally_.lost, 3);
}

TEST_F(Lies, AWriteThatIsDroppedIsFound) {
  Work work(act_, before_);
  ASSERT_TRUE(work.Open().ok());
  work.disk().Lie(true, false);
  EXPECT_TRUE(work.Write().empty());
  EXPECT_FALSE(Judge(work.disk().Now(), ExpectedOf(work), tally_).empty());
  EXPECT_EQ(tally_.lost, 3);
}

}  // namespace
}  // namespace kirikae::testing
