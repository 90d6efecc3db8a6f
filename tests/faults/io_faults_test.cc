// Each call of the store to the disk fails, once and for ever until the disk is healed. No answered
// write is lost, no write is there in part, and the store goes on without a new start.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>
#include <tuple>
#include <vector>

#include "tests/faults/support/work.h"

namespace kirikae::testing {
namespace {

// Whether the store must serve reads while the fault is there. A store that was opened on a faulty
// disk has no connection for reading yet, and none can be opened before the disk is healed.
bool LeavesReads(const Act& act, const Fault& fault) {
  if (!fault.for_ever) return true;
  return act.moment != Moment::kOpening &&
         (fault.kind != FaultKind::kIo && fault.kind != FaultKind::kShort);
}

class IoFaults : public ::testing::TestWithParam<std::tuple<std::string, FaultKind>> {
 protected:
  IoFaults() : act_(ActOf(std::get<0>(GetParam()))) {
    before_ = act_.before();
    clean_ = RunClean(act_, before_, calls_);
  }

  Expected ExpectedOf(const Work& work) const { return {act_, clean_, work.acknowledged()}; }

  void Report(const Faults& faults, const std::string& when) {
    for (const std::string& fault : faults) ADD_FAILURE() << when << ": " << fault;
  }

  static void ExpectDiskError(const absl::Status& status) {
    EXPECT_TRUE(status.code() == absl::StatusCode::kUnavailable ||
                status.code() == absl::StatusCode::kResourceExhausted)
        << status;
  }

  void ExpectRead(const Work& work) {
    absl::StatusOr<Steps> read = work.Read();
    // The one fault may be in this very read.
    if (!read.ok()) read = work.Read();
    ASSERT_TRUE(read.ok()) << read.status();
    for (const std::string& reason : work.acknowledged()) EXPECT_TRUE(read->contains(reason));
  }

  void Try(const Fault& fault) {
    ++tally_.points;
    Work work(act_, before_);
    if (act_.moment == Moment::kOpening) work.disk().Fail(fault);
    if (const absl::Status opened = work.Open(); !opened.ok()) {
      ExpectDiskError(opened);
      Report(Judge(work.disk().Now(), ExpectedOf(work), tally_), "after a refused start");
      work.disk().Heal();
      const absl::Status again = work.Open();
      ASSERT_TRUE(again.ok()) << again;
    }
    if (act_.moment == Moment::kWriting) {
      ASSERT_TRUE(work.Read().ok());
      work.disk().Fail(fault);
    }
    for (const absl::Status& error : work.Write()) ExpectDiskError(error);
    if (LeavesReads(act_, fault)) ExpectRead(work);
    if (act_.moment == Moment::kClosing) {
      work.disk().Fail(fault);
      work.Close();
    }
    Report(Judge(work.disk().Now(), ExpectedOf(work), tally_), "after a kill");
    work.disk().Heal();
    GoOn(work);
  }

  // On the healed disk, what failed is written, and what was written stays.
  void GoOn(Work& work) {
    if (!work.is_open()) {
      ASSERT_TRUE(work.Open().ok());
    }
    for (const absl::Status& error : work.Write()) ADD_FAILURE() << "healed: " << error;
    Report(work.WriteAgain(), "healed");
    const absl::StatusOr<Steps> read = work.Read();
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_EQ(*read, clean_.steps);
    work.Close();
    Report(Judge(work.disk().folder(), ExpectedOf(work), tally_), "after a stop");
  }

  const Act act_;
  Files before_;
  CleanRun clean_;
  std::array<int64_t, kFaultKinds> calls_{};
  Tally tally_;
};

TEST_P(IoFaults, LoseNothingThatWasAnswered) {
  const FaultKind kind = std::get<1>(GetParam());
  const int64_t points = calls_[static_cast<size_t>(kind)];
  // Only a start opens files: no other act can fail for want of a descriptor.
  const bool is_start = std::get<0>(GetParam()).starts_with("Start");
  ASSERT_EQ(points > 0, is_start || kind != FaultKind::kTooManyFiles);
  const int64_t stride = std::max(act_.every, Stride(points, 3));
  for (const bool for_ever : {false, true}) {
    for (int64_t first = 1; first <= points; first += stride) {
      SCOPED_TRACE(std::string(Name(kind)) + " at call " + std::to_string(first) +
                   (for_ever ? " and for ever" : ""));
      Try({.kind = kind, .first = first, .for_ever = for_ever});
      if (HasFatalFailure()) return;
    }
  }
  std::printf("%s, %s: %lld calls, %lld points, %lld acknowledged, %lld lost\n", act_.name.c_str(),
              Name(kind), static_cast<long long>(points), static_cast<long long>(tally_.points),
              static_cast<long long>(tally_.acknowledged), static_cast<long long>(tally_.lost));
  EXPECT_EQ(tally_.lost, 0);
}

INSTANTIATE_TEST_SUITE_P(
    Each, IoFaults,
    ::testing::Combine(::testing::ValuesIn(NamesOfActs()),
                       ::testing::Values(FaultKind::kIo, FaultKind::kIoOfWrites, FaultKind::kSync,
                                         FaultKind::kFull, FaultKind::kShort,
                                         FaultKind::kTooManyFiles)),
    [](const auto& info) {
      return std::get<0>(info.param) + std::string("_") + Name(std::get<1>(info.param));
    });

}  // namespace
}  // namespace kirikae::testing
