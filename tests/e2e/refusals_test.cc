// What must not happen is refused with a word on what to do, and an exit code a script can tell.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "tests/support/daemon.h"

namespace kirikae::testing {
namespace {

using ::testing::HasSubstr;

constexpr char kRollout[] = KIRIKAE_SOURCE_FOLDER "/deploy/samples/rollout.yaml";

class Refusals : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    daemon_ = new Daemon({"--now", kTestDay});
    ImportSampleWard(*daemon_);
  }
  static void TearDownTestSuite() {
    delete daemon_;
    daemon_ = nullptr;
  }

  // Applies a rollout file made of the sample with one text put for another.
  ProgramResult Apply(const std::string& from, const std::string& to) {
    std::string yaml = ReadFile(kRollout);
    const size_t at = yaml.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    yaml.replace(at, from.size(), to);
    WriteFile(folder_ / "rollout.yaml", yaml);
    return daemon_->Run({"rollout", "apply", "-f", folder_ / "rollout.yaml", "--yes"});
  }

  static Daemon* daemon_;
  TemporaryFolder folder_;
};

Daemon* Refusals::daemon_ = nullptr;

TEST_F(Refusals, AnUnknownTagGetsNearOnes) {
  const ProgramResult result = daemon_->Run({"device", "show", "TSM-0O132"});
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_THAT(result.err, HasSubstr("Did you mean"));
  EXPECT_THAT(result.err, HasSubstr("TSM-00132"));
}

TEST_F(Refusals, AnUnknownTagIsNotMarked) {
  EXPECT_EQ(daemon_->Run({"mark", "migrated", "TSM-99999"}).exit_code, 3);
}

TEST_F(Refusals, AWrongTokenIsNotPermitted) {
  const ProgramResult result = daemon_->RunAs("not-a-token", {"device", "list"});
  EXPECT_EQ(result.exit_code, 5);
  EXPECT_THAT(result.err, HasSubstr("A valid token is needed"));
}

TEST_F(Refusals, AViewerMayLookButNotMark) {
  const std::string viewer = daemon_->NewToken("viewer");
  EXPECT_EQ(daemon_->RunAs(viewer, {"lookup", "TSM-00001"}).exit_code, 0);
  const ProgramResult result = daemon_->RunAs(viewer, {"mark", "migrated", "TSM-00001"});
  EXPECT_EQ(result.exit_code, 5);
  EXPECT_THAT(result.err, HasSubstr("may not call"));
}

TEST_F(Refusals, ARevokedTokenIsWorthNothing) {
  const std::string viewer = daemon_->NewToken("viewer");
  const std::string names = daemon_->Run({"token", "list", "-o", "name"}).out;
  const std::string last = names.substr(names.rfind('/') + 1);
  ASSERT_EQ(daemon_->Run({"token", "revoke", last.substr(0, last.find('\n'))}).exit_code, 0);
  EXPECT_EQ(daemon_->RunAs(viewer, {"lookup", "TSM-00001"}).exit_code, 5);
}

TEST_F(Refusals, NoServiceThereIsUnavailable) {
  const ProgramResult result = RunProgram({KIRIKAE, "--server", "127.0.0.1:1", "--token-file",
                                           daemon_->token_file(), "whoami", "--timeout", "2"});
  EXPECT_EQ(result.exit_code, 6);
  EXPECT_THAT(result.err, HasSubstr("127.0.0.1:1"));
}

TEST_F(Refusals, APlanWithNoWorkingDayLeftSaysWhatToMove) {
  ASSERT_EQ(Apply("rollout: face2025", "rollout: late").exit_code, 0);
  ASSERT_EQ(Apply("calendar: { slots: [am, pm], open_days: [2025-05-24],",
                  "calendar: { slots: [am, pm], last_day: 2025-04-02,")
                .exit_code,
            0);
  std::string yaml = ReadFile(folder_ / "rollout.yaml");
  const ProgramResult plan =
      daemon_->Run({"plan", "create", "face2025", "--first-day", "2025-04-03"});
  EXPECT_EQ(plan.exit_code, 4) << plan.out << plan.err;
  EXPECT_THAT(plan.err, HasSubstr("no working day"));
}

TEST_F(Refusals, TheSubmitterDoesNotApprove) {
  ASSERT_EQ(Apply("rollout: face2025", "rollout: own").exit_code, 0);
  const std::string planner = daemon_->NewToken("planner");
  ASSERT_EQ(daemon_->RunAs(planner, {"plan", "create", "own"}).exit_code, 0);
  ASSERT_EQ(daemon_->Run({"plan", "submit", "own/1"}).exit_code, 0);
  const ProgramResult result = daemon_->Run({"plan", "approve", "own/1"});
  EXPECT_EQ(result.exit_code, 5) << result.err;
  EXPECT_THAT(result.err, HasSubstr("may not approve"));
  EXPECT_EQ(daemon_->RunAs(daemon_->NewToken("approver"), {"plan", "approve", "own/1"}).exit_code,
            0);
}

TEST_F(Refusals, AMethodOfOneFactorIsRefused) {
  const ProgramResult result = Apply("to: FACE_AND_PASSWORD", "to: FACE");
  EXPECT_EQ(result.exit_code, 7);
  EXPECT_THAT(result.err, HasSubstr("two kinds of factor"));
}

TEST_F(Refusals, AThresholdThatCannotBeReadIsRefusedWhenWritten) {
  const ProgramResult result = Apply("success_rate: 95%", "success_rate: mostly");
  EXPECT_EQ(result.exit_code, 7);
  EXPECT_THAT(result.err, HasSubstr("phases[0].gate.success_rate"));
}

TEST_F(Refusals, AFilterFaultNamesItsPosition) {
  const ProgramResult result = daemon_->Run({"device", "list", "--filter", "kind ~ STAFF_DEVICE"});
  EXPECT_EQ(result.exit_code, 7);
  EXPECT_THAT(result.err, HasSubstr("character 6"));
}

TEST_F(Refusals, AMistypedCommandIsAUsageError) {
  EXPECT_EQ(daemon_->Run({"divice", "list"}).exit_code, 2);
  EXPECT_EQ(daemon_->Run({"device", "show"}).exit_code, 2);
}

TEST_F(Refusals, ErrorsComeInJapaneseToo) {
  const ProgramResult result = daemon_->Run({"device", "show", "TSM-99999", "--lang", "ja"});
  EXPECT_THAT(result.err, HasSubstr("資産管理番号 TSM-99999 の端末はありません"));
}

}  // namespace
}  // namespace kirikae::testing
