// Forbidden acts are refused with advice, and with an exit code that scripts can use.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/answer.h"
#include "tests/support/daemon.h"

namespace kirikae::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

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

  // Applies the sample rollout file with `from` replaced by `to`.
  Outcome Apply(const std::string& from, const std::string& to) {
    std::string yaml = ReadFile(kRollout);
    const size_t at = yaml.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    yaml.replace(at, from.size(), to);
    WriteFile(folder_ / "rollout.yaml", yaml);
    return Try(*daemon_, {"rollout", "apply", "-f", folder_ / "rollout.yaml", "--yes"});
  }

  static Daemon* daemon_;
  TemporaryFolder folder_;
};

Daemon* Refusals::daemon_ = nullptr;

TEST_F(Refusals, AnUnknownTagGetsNearOnes) {
  const Outcome unknown = Try(*daemon_, {"device", "show", "TSM-0O132"});
  EXPECT_THAT(unknown, Fails(3, "DEVICE_NOT_FOUND"));
  EXPECT_EQ(unknown.resource, "devices/TSM-0O132");
  EXPECT_THAT(unknown.metadata.at("near"), HasSubstr("TSM-00132"));
}

TEST_F(Refusals, AnUnknownTagIsNotMarked) {
  EXPECT_THAT(Try(*daemon_, {"mark", "migrated", "TSM-99999"}), Fails(3, "DEVICE_NOT_FOUND"));
}

TEST_F(Refusals, AWrongTokenIsNotPermitted) {
  EXPECT_THAT(TryAs(*daemon_, "not-a-token", {"device", "list"}), Fails(5, "UNAUTHENTICATED"));
}

TEST_F(Refusals, AViewerMayLookButNotMark) {
  const std::string viewer = daemon_->NewToken("viewer");
  EXPECT_EQ(daemon_->RunAs(viewer, {"lookup", "TSM-00001"}).exit_code, 0);
  EXPECT_THAT(TryAs(*daemon_, viewer, {"mark", "migrated", "TSM-00001"}), Fails(5, "ROLE_MAY_NOT"));
}

TEST_F(Refusals, ARevokedTokenIsWorthNothing) {
  const std::string viewer = daemon_->NewToken("viewer");
  const std::string names = daemon_->Run({"token", "list", "-o", "name"}).out;
  const std::string last = names.substr(names.rfind('/') + 1);
  ASSERT_EQ(daemon_->Run({"token", "revoke", last.substr(0, last.find('\n'))}).exit_code, 0);
  EXPECT_THAT(TryAs(*daemon_, viewer, {"lookup", "TSM-00001"}), Fails(5, "UNAUTHENTICATED"));
}

TEST_F(Refusals, NoServiceThereIsUnavailable) {
  const std::vector<std::string> whoami = {
      KIRIKAE,     "--server", "127.0.0.1:1", "--token-file", daemon_->token_file(), "whoami",
      "--timeout", "2"};
  std::vector<std::string> in_json = whoami;
  in_json.insert(in_json.end(), {"-o", "json"});
  EXPECT_THAT(OutcomeOf(RunProgram(in_json)), Fails(6, "UNAVAILABLE"));
  EXPECT_THAT(RunProgram(whoami).err, HasSubstr("127.0.0.1:1"));
}

TEST_F(Refusals, ATokenFileThatIsNotThereIsAUsageError) {
  EXPECT_THAT(
      OutcomeOf(RunProgram({KIRIKAE, "--token-file", folder_ / "none", "whoami", "-o", "json"})),
      Fails(2, "TOKEN_FILE_UNREADABLE"));
}

TEST_F(Refusals, APlanWithNoWorkingDayLeftIsRefused) {
  ASSERT_EQ(Apply("rollout: face2025", "rollout: late").exit_code, 0);
  ASSERT_EQ(Apply("calendar: { slots: [am, pm], open_days: [2025-05-24],",
                  "calendar: { slots: [am, pm], last_day: 2025-04-02,")
                .exit_code,
            0);
  EXPECT_THAT(Try(*daemon_, {"plan", "create", "face2025", "--first-day", "2025-04-03"}),
              Fails(4, "NO_WORKING_DAY_LEFT"));
}

TEST_F(Refusals, TheSubmitterDoesNotApprove) {
  ASSERT_EQ(Apply("rollout: face2025", "rollout: own").exit_code, 0);
  const std::string planner = daemon_->NewToken("planner");
  ASSERT_EQ(daemon_->RunAs(planner, {"plan", "create", "own"}).exit_code, 0);
  ASSERT_EQ(daemon_->Run({"plan", "submit", "own/1"}).exit_code, 0);
  EXPECT_THAT(Try(*daemon_, {"plan", "approve", "own/1"}), Fails(5, "ROLE_MAY_NOT"));
  ASSERT_EQ(
      daemon_->Run({"token", "create", "admin", "--role", "approver", "--same-person"}).exit_code,
      0);
  EXPECT_THAT(Try(*daemon_, {"plan", "approve", "own/1"}), Fails(5, "SELF_APPROVAL"));
  EXPECT_EQ(daemon_->RunAs(daemon_->NewToken("approver"), {"plan", "approve", "own/1"}).exit_code,
            0);
}

TEST_F(Refusals, AMethodOfOneFactorIsRefused) {
  EXPECT_THAT(Apply("to: FACE_AND_PASSWORD", "to: FACE"), InvalidAt({"to"}));
}

TEST_F(Refusals, AThresholdThatCannotBeReadIsRefusedWhenWritten) {
  EXPECT_THAT(Apply("success_rate: 95%", "success_rate: mostly"),
              InvalidAt({"phases[0].gate.success_rate"}));
}

TEST_F(Refusals, AFilterFaultNamesItsPosition) {
  const Outcome refused = Try(*daemon_, {"device", "list", "--filter", "kind ~ STAFF_DEVICE"});
  EXPECT_THAT(refused, InvalidAt({"filter"}));
  EXPECT_EQ(refused.metadata.at("position"), "6");
}

// An update, and a list, once switched all devices of the ward: no plan, no gate, no reason.
TEST_F(Refusals, NoUpdateAndNoListSwitchesADevice) {
  EXPECT_THAT(Try(*daemon_, {"device", "update", "--filter", "state = ACTIVE", "--set",
                             "auth_method=FACE_AND_PASSWORD", "--yes"}),
              InvalidAt({"auth_method"}));
  EXPECT_THAT(
      Try(*daemon_, {"device", "update", "TSM-00001", "--set", "auth_method=FACE_AND_PASSWORD"}),
      InvalidAt({"auth_method"}));
  WriteFile(folder_ / "methods.csv", "資産管理番号,認証方式\nTSM-00001,顔＋パスワード\n");
  ASSERT_EQ(
      daemon_->Run({"import", "devices", folder_ / "methods.csv", "--apply", "--yes"}).exit_code,
      0);
  EXPECT_EQ(
      daemon_->Run({"device", "list", "--filter", "auth_method = FACE_AND_PASSWORD", "-o", "name"})
          .out,
      "");
  EXPECT_THAT(
      Try(*daemon_, {"device", "correct-method", "TSM-00001", "--method", "FACE_AND_PASSWORD"}),
      InvalidAt({"options.reason"}));
}

TEST_F(Refusals, AMistypedCommandIsAUsageError) {
  EXPECT_EQ(daemon_->Run({"divice", "list"}).exit_code, 2);
  EXPECT_THAT(Try(*daemon_, {"divice", "list"}), Fails(2, "USAGE"));
  EXPECT_THAT(Try(*daemon_, {"device", "show"}), Fails(2, "USAGE"));
}

TEST_F(Refusals, ViolationsAreSaidInTheChosenLanguage) {
  const std::vector<std::string> apply = {"rollout", "apply", "-f", folder_ / "rollout.yaml",
                                          "--yes"};
  const Outcome refused = Apply("to: FACE_AND_PASSWORD", "to: FACE");
  ASSERT_EQ(refused.descriptions.size(), 1u);
  ASSERT_EQ(refused.in_japanese.size(), 1u);
  const auto in = [&](const std::string& language) {
    std::vector<std::string> args = apply;
    args.insert(args.end(), {"--lang", language});
    return daemon_->Run(args).err;
  };
  EXPECT_THAT(in("en"), HasSubstr(refused.descriptions[0]));
  EXPECT_THAT(in("en"), Not(HasSubstr(refused.in_japanese[0])));
  EXPECT_THAT(in("ja"), HasSubstr(refused.in_japanese[0]));
  EXPECT_THAT(in("ja"), Not(HasSubstr(refused.descriptions[0])));
}

TEST_F(Refusals, AnErrorThatQuotesAVeryLongTextArrives) {
  std::string name;
  for (int i = 0; i < 20'000; ++i) name += "端";
  EXPECT_THAT(Try(*daemon_, {"device", "show", name}), Fails(3, "DEVICE_NOT_FOUND"));
}

// For programs an error is one line of JSON on standard error, and nothing else stands there.
TEST_F(Refusals, AnErrorInJsonIsOneLineOfIt) {
  const ProgramResult json = daemon_->Run({"device", "show", "TSM-99999", "-o", "json"});
  EXPECT_EQ(json.out, "");
  EXPECT_TRUE(json.err.starts_with("{\"error\":{\"code\":5,")) << json.err;
  EXPECT_EQ(json.err.find('\n'), json.err.size() - 1);
  const ProgramResult jsonl = daemon_->Run({"device", "show", "TSM-99999", "-o", "jsonl"});
  EXPECT_EQ(jsonl.err, json.err);
}

}  // namespace
}  // namespace kirikae::testing
