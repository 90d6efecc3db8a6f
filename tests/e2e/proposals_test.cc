// The rules of a rollout under way: a planner proposes, an approver decides.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/answer.h"
#include "tests/support/daemon.h"
#include "tests/support/small_ward.h"

namespace kirikae::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kRules[] = R"(rollout: small
from: IC_CARD_AND_PASSWORD
to: FACE_AND_PASSWORD
scope: "state = ACTIVE"
)";
constexpr char kPhases[] =
    "phases: [ { id: pilot, select: 'asset_tag <= A-04', gate: { success_rate: 95%, "
    "minimum_sample: 2, approval: true } }, { id: rest } ]\n";
constexpr char kTeams[] = "teams: [ { id: a, devices_per_slot: 4 } ]\n";

class Proposals : public ::testing::Test {
 protected:
  void SetUp() override {
    ImportDevices(daemon_, {{"A", 8, "総務部/総務課"}});
    File("rollout", std::string(kRules) + kPhases + kTeams);
    File("lower", std::string(kRules) +
                      "phases: [ { id: pilot, select: 'asset_tag <= A-04', gate: { success_rate: "
                      "5%, minimum_sample: 2 } }, { id: rest } ]\n" +
                      kTeams);
    File("without", std::string(kRules) + "phases: [ { id: rest } ]\n" + kTeams);
    File("teams", std::string(kRules) + kPhases + "teams: [ { id: a, devices_per_slot: 2 } ]\n");
    planner_ = daemon_.NewToken("planner");
    approver_ = daemon_.NewToken("approver");
    As(planner_, {"rollout", "apply", "-f", folder_ / "rollout", "--yes"});
    As(planner_, {"plan", "create"});
    As(planner_, {"plan", "submit"});
    As(approver_, {"plan", "approve", "--remark", "承認"});
  }
  void File(const std::string& name, const std::string& content) {
    WriteFile(folder_ / name, content);
  }
  ProgramResult As(const std::string& token, const std::vector<std::string>& args) {
    ProgramResult result = daemon_.RunAs(token, args);
    EXPECT_EQ(result.exit_code, 0) << args[0] << " " << args[1] << ": " << result.err;
    return result;
  }
  std::string Refused(const std::string& token, std::vector<std::string> args, int exit_code) {
    args.insert(args.end(), {"-o", "json", "--yes"});
    const ProgramResult result = daemon_.RunAs(token, args);
    EXPECT_EQ(result.exit_code, exit_code) << args[1] << ": " << result.err;
    return result.err;
  }

  // Nobody approves what is their own here.
  Daemon daemon_{{"--now", kTestDay}};
  const TemporaryFolder folder_;
  std::string planner_;
  std::string approver_;
};

// A planner alone once removed a held phase, or lowered its thresholds, with `rollout apply`.
TEST_F(Proposals, APlannerAloneChangesNoRuleOfARolloutUnderWay) {
  const std::string refused = Refused(planner_, {"rollout", "apply", "-f", folder_ / "lower"}, 4);
  EXPECT_THAT(refused, HasSubstr("RULES_NEED_PROPOSAL"));
  EXPECT_THAT(refused, HasSubstr("phases.pilot.gate.success_rate"));
  EXPECT_THAT(refused, HasSubstr("kirikae rollout propose -f FILE"));
  EXPECT_THAT(Refused(planner_, {"rollout", "apply", "-f", folder_ / "without"}, 4),
              HasSubstr("RULES_NEED_PROPOSAL"));
  As(planner_, {"rollout", "apply", "-f", folder_ / "teams", "--yes"});
  EXPECT_THAT(Refused(planner_, {"rollout", "propose", "-f", folder_ / "teams"}, 4),
              HasSubstr("NOTHING_TO_PROPOSE"));
}

TEST_F(Proposals, AnApproverSeesTheDifferenceAndDecides) {
  const ProgramResult proposed =
      As(planner_, {"rollout", "propose", "-f", folder_ / "lower", "--reason", "初期不良"});
  EXPECT_THAT(proposed.out, HasSubstr("phases.pilot.gate.success_rate"));
  EXPECT_THAT(Refused(planner_, {"rollout", "accept", "--remark", "可"}, 5),
              HasSubstr("ROLE_MAY_NOT"));
  EXPECT_THAT(As(approver_, {"rollout", "proposals"}).out, HasSubstr("awaits approval"));
  const ProgramResult shown = As(approver_, {"rollout", "proposal"});
  EXPECT_THAT(shown.out, HasSubstr("95%"));
  EXPECT_THAT(shown.out, HasSubstr("5%"));
  EXPECT_THAT(shown.out, HasSubstr("初期不良"));
  EXPECT_THAT(Refused(approver_, {"rollout", "accept", "small/1"}, 7), HasSubstr("remark"));
  As(approver_, {"rollout", "decline", "small/1", "--remark", "時期尚早"});
  EXPECT_THAT(Refused(approver_, {"rollout", "accept", "small/1", "--remark", "可"}, 4),
              HasSubstr("PROPOSAL_STATE"));
  EXPECT_THAT(As(planner_, {"rollout", "show", "-o", "json"}).out, HasSubstr("95%"));

  As(planner_, {"rollout", "propose", "-f", folder_ / "lower", "--reason", "再度"});
  As(approver_, {"rollout", "accept", "--remark", "了承", "--yes"});
  EXPECT_THAT(As(planner_, {"rollout", "show", "-o", "json"}).out, Not(HasSubstr("95%")));
  EXPECT_THAT(As(planner_, {"rollout", "proposal", "small/2"}).out, HasSubstr("了承"));
  ExpectSound(daemon_);
}

// Once the client printed an error of a library, and nothing that a person could act on.
TEST_F(Proposals, AFileWithALineInAnotherEncodingIsRefusedWithIt) {
  File("cp932", "# 切替の計画\n" + std::string(kRules) + "title: \x8A\xE7\x94\x46\x8F\xD8\n" +
                    kPhases + kTeams);
  const std::vector<std::vector<std::string>> commands = {
      {"rollout", "propose", "-f"}, {"rollout", "apply", "-f"}, {"import", "profile", "save"}};
  for (std::vector<std::string> command : commands) {
    command.push_back(folder_ / "cp932");
    const std::string refused = Refused(planner_, command, 7);
    EXPECT_THAT(refused, HasSubstr("NOT_TEXT"));
    EXPECT_THAT(refused, HasSubstr("\"line\":\"6\""));
    EXPECT_THAT(refused, Not(HasSubstr("libprotobuf")));
  }
}

TEST_F(Proposals, ThePlanOfAnotherFileIsNotApproved) {
  As(planner_, {"plan", "create"});
  As(planner_, {"plan", "submit"});
  As(planner_, {"rollout", "apply", "-f", folder_ / "teams", "--yes"});
  EXPECT_THAT(Refused(approver_, {"plan", "approve", "small/2"}, 4),
              HasSubstr("PLAN_OF_ANOTHER_FILE"));
  As(planner_, {"plan", "create"});
  As(planner_, {"plan", "submit"});
  As(approver_, {"plan", "approve", "small/3", "--remark", "承認"});
}

}  // namespace
}  // namespace kirikae::testing
