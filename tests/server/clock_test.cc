// A clock that jumps: nothing is written with a wrong time, reading goes on, nobody is locked out.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/support/answer.h"
#include "tests/support/daemon.h"

namespace kirikae::testing {
namespace {

constexpr char kDayBefore[] = "2025-04-01T09:00:00+09:00";
constexpr char kFarAhead[] = "2099-04-02T10:00:00+09:00";
constexpr char kDayAfter[] = "2025-04-02T10:00:00+09:00";

int AcceptClock(const Daemon& daemon, const std::string& now) {
  return RunProgram(
             {KIRIKAED, "clock", "accept", "--state-dir", daemon.folder().path(), "--now", now})
      .exit_code;
}

// Waits until a write is taken.
void AwaitWrites(const Daemon& daemon) {
  while (daemon.Run({"calendar", "set", "2025-08-12", "--closed", "--reason", "停電"}).exit_code !=
         0) {
  }
}

class ClockTest : public ::testing::Test {
 protected:
  ClockTest() {
    ImportSampleWard(daemon_);
    daemon_.Stop();
  }

  Daemon daemon_{{"--now", kDayBefore}};
};

TEST_F(ClockTest, OnceFarInTheFutureLocksNobodyOutAndWritesNothingUntilItIsAccepted) {
  daemon_.Start({"--now", kFarAhead});
  ASSERT_EQ(daemon_.Run({"calendar", "set", "2025-08-12", "--closed", "--reason", "x"}).exit_code,
            5)
      << "the first token has expired by then";
  ASSERT_EQ(daemon_.Stop().exit_code, 0);
  daemon_.Start({"--now", kDayAfter});
  EXPECT_EQ(daemon_.Run({"whoami"}).exit_code, 0);
}

TEST_F(ClockTest, ARecordOfTheFutureStopsWritesUntilTheClockIsAccepted) {
  daemon_.Start({"--now", "2025-07-01T10:00:00+09:00"});
  ASSERT_EQ(daemon_.Run({"calendar", "set", "2025-08-13", "--closed", "--reason", "x"}).exit_code,
            0);
  daemon_.Stop();

  daemon_.Start({"--now", kDayAfter});
  EXPECT_EQ(daemon_.Run({"lookup", "TSM-00001"}).exit_code, 0);
  EXPECT_THAT(Try(daemon_, {"device", "update", "TSM-00001", "--set", "note=x"}),
              Fails(6, "CLOCK_JUMPED"));
  ASSERT_EQ(AcceptClock(daemon_, kDayAfter), 0);
  AwaitWrites(daemon_);
  EXPECT_EQ(daemon_.Run({"device", "update", "TSM-00001", "--set", "note=x"}).exit_code, 0);
  EXPECT_EQ(daemon_.Run({"audit", "verify"}).exit_code, 0);
  EXPECT_THAT(daemon_.Run({"change", "list", "-o", "json"}).out,
              ::testing::HasSubstr("ACCEPT_CLOCK"));
  EXPECT_EQ(RunProgram({KIRIKAED, "check", "--state-dir", daemon_.folder().path()}).exit_code, 0);
}

TEST_F(ClockTest, ThatJumpsWhileTheDaemonRunsStopsWritesUntilItIsBack) {
  const TemporaryFolder folder;
  WriteFile(folder / "seconds", "0");
  daemon_.Start({"--now", kDayAfter, "--clock-file", folder / "seconds"});
  for (const char* jump : {"7776000", "-7776000"}) {
    WriteFile(folder / "seconds", jump);
    EXPECT_THAT(Try(daemon_, {"device", "update", "TSM-00001", "--set", "note=x"}),
                Fails(6, "CLOCK_JUMPED"))
        << jump;
    EXPECT_EQ(daemon_.Run({"lookup", "TSM-00001"}).exit_code, 0);
    WriteFile(folder / "seconds", "0");
    EXPECT_EQ(daemon_.Run({"device", "update", "TSM-00001", "--set", "note=x"}).exit_code, 0);
  }
}

}  // namespace
}  // namespace kirikae::testing
