// The power is cut before each sync. What was acknowledged by then is there afterwards, whatever
// the disk has kept of the rest.
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <string>
#include <vector>

#include "tests/faults/support/work.h"

namespace kirikae::testing {
namespace {

constexpr Loss::How kHows[] = {Loss::How::kAll, Loss::How::kSome, Loss::How::kTorn};

// Seeds for each cut.
uint64_t Seeds() { return TriesAll() ? 6 : 1; }

class PowerLoss : public ::testing::TestWithParam<std::string> {
 protected:
  PowerLoss() : act_(ActOf(GetParam())), before_(act_.before()) {
    clean_ = RunClean(act_, before_, calls_);
  }

  // Judges what cuts at this moment leave.
  void Cut(const Work& work, const std::string& when) {
    const Expected expected{act_, clean_, work.acknowledged()};
    for (const Loss::How how : kHows) {
      for (uint64_t seed = 0; seed < (how == Loss::How::kAll ? 1 : Seeds()); ++seed) {
        const Loss loss{.how = how, .seed = seed + 100 * static_cast<uint64_t>(tally_.points)};
        ++tally_.points;
        for (const std::string& fault : Judge(work.disk().AfterCut(loss), expected, tally_)) {
          ADD_FAILURE() << when << ", loss " << static_cast<int>(how) << ", seed " << loss.seed
                        << ": " << fault;
        }
      }
    }
  }

  void Report(const char* what) const {
    std::printf("%s, %s: %lld cuts, %lld acknowledged, %lld lost\n", act_.name.c_str(), what,
                static_cast<long long>(tally_.points), static_cast<long long>(tally_.acknowledged),
                static_cast<long long>(tally_.lost));
    EXPECT_EQ(tally_.lost, 0);
  }

  const Act act_;
  const Files before_;
  CleanRun clean_;
  std::array<int64_t, kFaultKinds> calls_{};
  Tally tally_;
};

TEST_P(PowerLoss, LosesNothingThatWasAnswered) {
  int64_t syncs = 0;
  for (const bool counts : {true, false}) {
    const int64_t stride = Stride(syncs, 4);
    int64_t at = 0;
    Work work(act_, before_);
    work.disk().KeepUnsynced([&] {
      if (!counts && at % stride == 0) Cut(work, "before sync " + std::to_string(at));
      ++at;
    });
    ASSERT_TRUE(work.Open().ok());
    EXPECT_TRUE(work.Write().empty());
    if (!counts) Cut(work, "after the answers");
    work.Close();
    if (!counts) Cut(work, "after the stop");
    syncs = at;
  }
  Report("power cut");
}

// The system may forget, after a sync that failed, that something is not on the disk. Once a write
// that the store took up when it opened the file again was folded into the file while the log on
// the disk still lacked it; a power cut then played the older log over the newer file.
TEST_P(PowerLoss, AfterAFailedSyncLosesNothingThatWasAnswered) {
  const int64_t points = calls_[static_cast<size_t>(FaultKind::kSync)];
  const int64_t stride = Stride(points, 2);
  for (const bool for_ever : {false, true}) {
    for (const bool with_readers : {false, true}) {
      for (int64_t first = 1; first <= points; first += stride) {
        const std::string when = "after sync " + std::to_string(first) + " failed" +
                                 (for_ever ? " and all later ones" : "") +
                                 (with_readers ? ", with readers" : "");
        Work work(act_, before_);
        work.disk().KeepUnsynced();
        const Fault fault{.kind = FaultKind::kSync, .first = first, .for_ever = for_ever};
        if (act_.moment == Moment::kOpening) work.disk().Fail(fault);
        if (!work.Open().ok()) {
          work.disk().Heal();
          ASSERT_TRUE(work.Open().ok());
        }
        if (with_readers) {
          ASSERT_TRUE(work.Read().ok());
        }
        if (act_.moment == Moment::kWriting) work.disk().Fail(fault);
        work.Write();
        if (act_.moment == Moment::kClosing) {
          work.disk().Fail(fault);
          work.Close();
        }
        work.disk().Heal();
        if (!work.is_open()) {
          ASSERT_TRUE(work.Open().ok());
        }
        for (const absl::Status& error : work.Write()) ADD_FAILURE() << when << ": " << error;
        Cut(work, when);
        if (HasFailure()) return;
      }
    }
  }
  Report("failed sync, then power cut");
}

INSTANTIATE_TEST_SUITE_P(Each, PowerLoss, ::testing::ValuesIn(NamesOfActs()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace kirikae::testing
