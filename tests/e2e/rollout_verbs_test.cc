// Pausing, resuming and cancelling a rollout, and every outcome of a mark, through the real daemon.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/daemon.h"

namespace kirikae::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kFirstDay[] = "2025-04-07T16:00:00+09:00";

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  size_t start = 0;
  while (start < text.size()) {
    const size_t end = std::min(text.find('\n', start), text.size());
    lines.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return lines;
}

// A ward with an approved plan, on the day of its first waves.
class RolloutVerbs : public ::testing::Test {
 protected:
  void SetUp() override {
    ImportSampleWard(daemon_);
    ApproveSamplePlan(daemon_);
    daemon_.Stop();
    daemon_.Start({"--now", kFirstDay, "--allow-self-approval"});
    tags_ = Lines(daemon_.Run({"wave", "show", "1", "-o", "name"}).out);
    ASSERT_GT(tags_.size(), 3U);
  }

  // The invariants hold at the end of every test.
  void TearDown() override {
    const ProgramResult check =
        RunProgram({KIRIKAED, "check", "--state-dir", daemon_.folder().path()});
    EXPECT_EQ(check.exit_code, 0) << check.out << check.err;
  }

  std::string Device(const std::string& tag) {
    return daemon_.Run({"device", "show", tag, "-o", "json"}).out;
  }
  std::string Rollout() { return daemon_.Run({"rollout", "show", "-o", "json"}).out; }
  void ApproveAnotherPlan() {
    ASSERT_EQ(daemon_.Run({"plan", "create", "face2025"}).exit_code, 0);
    ASSERT_EQ(daemon_.Run({"plan", "submit", "face2025/2"}).exit_code, 0);
    const ProgramResult approved = daemon_.Run({"plan", "approve", "face2025/2", "--yes"});
    ASSERT_EQ(approved.exit_code, 0) << approved.err;
  }

  Daemon daemon_;
  std::vector<std::string> tags_;
};

TEST_F(RolloutVerbs, APauseSwitchesNothingAndSaysThatWavesStandStill) {
  ASSERT_EQ(daemon_.Run({"mark", "migrated", tags_[0]}).exit_code, 0);
  const ProgramResult paused = daemon_.Run({"rollout", "pause", "--reason", "お盆"});
  EXPECT_EQ(paused.exit_code, 0) << paused.err;
  EXPECT_THAT(paused.err, HasSubstr("have begun and stand still"));
  const ProgramResult mark = daemon_.Run({"mark", "migrated", tags_[1]});
  EXPECT_EQ(mark.exit_code, 4);
  EXPECT_THAT(mark.err, HasSubstr("is paused"));
  EXPECT_EQ(daemon_.Run({"due", "-o", "name"}).out, "");
  // What went wrong is still taken back.
  EXPECT_EQ(daemon_.Run({"mark", "rolled-back", tags_[0], "--reason", "camera"}).exit_code, 0);
  EXPECT_THAT(daemon_.Run({"rollout", "pause"}).err, HasSubstr("Nothing differs"));
  EXPECT_EQ(daemon_.Run({"rollout", "resume"}).exit_code, 0);
  EXPECT_EQ(daemon_.Run({"mark", "migrated", tags_[1]}).exit_code, 0);
}

TEST_F(RolloutVerbs, RunningWavesGoOnOnlyWhereThePauseSaysSo) {
  const ProgramResult paused = daemon_.Run({"rollout", "pause", "--let-running-waves-finish"});
  EXPECT_THAT(paused.err, HasSubstr("have begun and go on"));
  EXPECT_THAT(daemon_.Run({"due", "-o", "name"}).out, HasSubstr(tags_[0]));
  EXPECT_EQ(daemon_.Run({"mark", "migrated", tags_[0]}).exit_code, 0);
  const std::string last =
      Lines(daemon_.Run({"wave", "list", "-o", "csv", "--no-headers"}).out).back();
  const std::string later =
      Lines(daemon_.Run({"wave", "show", last.substr(0, last.find(',')), "-o", "name"}).out)
          .front();
  EXPECT_EQ(daemon_.Run({"mark", "migrated", later}).exit_code, 4);
}

TEST_F(RolloutVerbs, ApprovingAPlanDoesNotResumeAPausedRollout) {
  ASSERT_EQ(daemon_.Run({"rollout", "pause"}).exit_code, 0);
  ApproveAnotherPlan();
  EXPECT_THAT(Rollout(), HasSubstr("ROLLOUT_STATE_PAUSED"));
}

TEST_F(RolloutVerbs, ANewPlanLeavesWavesThatHaveBegunAndTheListShowsThem) {
  ASSERT_EQ(daemon_.Run({"mark", "migrated", tags_[0]}).exit_code, 0);
  ApproveAnotherPlan();
  const std::string wave = daemon_.Run({"wave", "show", "1", "-o", "json"}).out;
  EXPECT_THAT(wave, HasSubstr("WAVE_STATE_IN_PROGRESS"));
  for (const std::string& tag : tags_) EXPECT_THAT(wave, HasSubstr(tag));
  EXPECT_THAT(daemon_.Run({"wave", "list", "-o", "name"}).out,
              HasSubstr("rollouts/face2025/waves/1\n"));
}

TEST_F(RolloutVerbs, CancellingReleasesWhatIsPlannedAndKeepsWhatIsSwitched) {
  ASSERT_EQ(daemon_.Run({"mark", "migrated", tags_[0]}).exit_code, 0);
  EXPECT_EQ(daemon_.Run({"rollout", "cancel", "--yes"}).exit_code, 7);  // no reason
  const ProgramResult cancelled = daemon_.Run({"rollout", "cancel", "--yes", "--reason", "budget"});
  EXPECT_EQ(cancelled.exit_code, 0) << cancelled.err;
  EXPECT_THAT(cancelled.err, HasSubstr("planned no more"));
  EXPECT_THAT(Device(tags_[0]), HasSubstr("AUTH_METHOD_FACE_AND_PASSWORD"));
  EXPECT_EQ(daemon_.Run({"due", "-o", "name"}).out, "");
  const ProgramResult resumed = daemon_.Run({"rollout", "resume"});
  EXPECT_EQ(resumed.exit_code, 4);
  EXPECT_THAT(resumed.err, HasSubstr("CANCELLED"));
  EXPECT_EQ(daemon_.Run({"mark", "migrated", tags_[1]}).exit_code, 4);
}

TEST_F(RolloutVerbs, RollingBackAndUndoRestoreTheMethod) {
  ASSERT_EQ(daemon_.Run({"mark", "migrated", tags_[0]}).exit_code, 0);
  ASSERT_EQ(daemon_.Run({"mark", "verified", tags_[0]}).exit_code, 0);
  EXPECT_EQ(daemon_.Run({"mark", "rolled-back", tags_[0]}).exit_code, 7);  // no reason
  ASSERT_EQ(daemon_.Run({"mark", "rolled-back", tags_[0], "--reason", "slow"}).exit_code, 0);
  EXPECT_THAT(Device(tags_[0]), HasSubstr("AUTH_METHOD_IC_CARD_AND_PASSWORD"));
  EXPECT_EQ(daemon_.Run({"mark", "rolled-back", tags_[1], "--reason", "x"}).exit_code, 4);
}

TEST_F(RolloutVerbs, DeferredWaitsForItsDayAndTheNextPlanKeepsIt) {
  EXPECT_EQ(daemon_.Run({"mark", "deferred", tags_[0], "--until", "2025-04-07"}).exit_code, 7);
  EXPECT_EQ(daemon_.Run({"mark", "deferred", tags_[0], "--until", "someday"}).exit_code, 7);
  ASSERT_EQ(daemon_.Run({"mark", "deferred", tags_[0], "--until", "2025-04-21"}).exit_code, 0);
  EXPECT_THAT(daemon_.Run({"due", "-o", "name"}).out, Not(HasSubstr(tags_[0])));
  ApproveAnotherPlan();
  for (const std::string& line :
       Lines(daemon_.Run({"wave", "list", "-o", "csv", "--no-headers"}).out)) {
    const std::string number = line.substr(0, line.find(','));
    if (line.find("2025-04-21") != std::string::npos) break;  // by day
    EXPECT_THAT(daemon_.Run({"wave", "show", number, "-o", "name"}).out, Not(HasSubstr(tags_[0])));
  }
}

TEST_F(RolloutVerbs, AnApproverExemptsAndNobodyElseMarksTheDevice) {
  const std::string person = daemon_.NewToken("operator");
  const std::string approver = daemon_.NewToken("approver");
  const std::vector<std::string> exempt = {"mark", "exempt", tags_[0], "--reason", "no consent"};
  EXPECT_EQ(daemon_.RunAs(person, exempt).exit_code, 5);
  EXPECT_EQ(daemon_.RunAs(approver, {"mark", "migrated", tags_[0]}).exit_code, 5);
  EXPECT_EQ(daemon_.RunAs(approver, exempt).exit_code, 0);
  EXPECT_EQ(daemon_.RunAs(approver, exempt).exit_code, 0);
  const ProgramResult mark = daemon_.RunAs(person, {"mark", "migrated", tags_[0]});
  EXPECT_EQ(mark.exit_code, 4);
  EXPECT_THAT(mark.err, HasSubstr("exempt"));
}

TEST_F(RolloutVerbs, AnExemptionIsLiftedByAnApproverAndTheDeviceIsPlannedAgain) {
  const std::string approver = daemon_.NewToken("approver");
  const std::vector<std::string> lift = {"mark",   "exempt",   tags_[0],
                                         "--lift", "--reason", "同意が得られた"};
  const ProgramResult nothing = daemon_.RunAs(approver, lift);
  EXPECT_EQ(nothing.exit_code, 4);
  EXPECT_THAT(nothing.err, HasSubstr("is not exempt"));
  ASSERT_EQ(daemon_.RunAs(approver, {"mark", "exempt", tags_[0], "--reason", "不同意"}).exit_code,
            0);
  EXPECT_EQ(daemon_.RunAs(daemon_.NewToken("operator"), lift).exit_code, 5);
  ASSERT_EQ(daemon_.RunAs(approver, lift).exit_code, 0);
  EXPECT_THAT(daemon_.Run({"device", "list", "--filter", "placement.state = UNPLANNED"}).out,
              HasSubstr(tags_[0]));
  ApproveAnotherPlan();
  EXPECT_THAT(daemon_.Run({"device", "list", "--filter", "placement.state = PLANNED"}).out,
              HasSubstr(tags_[0]));
}

TEST_F(RolloutVerbs, MarksThatCannotBeEachSayWhyAndWhatToDo) {
  const auto refused = [&](const std::vector<std::string>& args, int code,
                           const std::string& says) {
    const ProgramResult result = daemon_.Run(args);
    EXPECT_EQ(result.exit_code, code) << args[1] << ": " << result.err;
    EXPECT_THAT(result.err, HasSubstr(says));
  };
  ASSERT_EQ(daemon_.Run({"device", "retire", tags_[0], "--reason", "廃棄"}).exit_code, 0);
  refused({"mark", "migrated", tags_[0]}, 4, "is retired");
  refused({"mark", "migrated", "TSM-99999"}, 3, "No device has the asset tag");
  refused({"mark", "migrated", tags_[1], "--when", "2031-01-01T09:00:00+09:00"}, 7,
          "lies in the future");
  refused({"mark", "failed", tags_[1], "--cause", "BAD_LUCK"}, 2, "There is no cause");
  refused({"mark", "deferred", tags_[1], "--until", "2025-04-07"}, 7, "is not after today");
  refused({"mark", "rolled-back", tags_[1], "--reason", "x"}, 4, "can't be marked ROLLED_BACK");
  // Out of the rollout's scope, so that it has nothing to be marked in.
  ASSERT_EQ(daemon_.Run({"device", "create", "TSM-09902", "--set", "network=INTERNET"}).exit_code,
            0);
  refused({"mark", "migrated", "TSM-09902"}, 4, "no active rollout");
  // In the scope and not planned: a walk-in, taken and recorded as such.
  ASSERT_EQ(daemon_.Run({"device", "create", "TSM-09903", "--set", "camera=BUILT_IN"}).exit_code,
            0);
  refused({"mark", "migrated", "TSM-09903"}, 4, "NO_USER");
  const ProgramResult walk_in =
      daemon_.Run({"mark", "migrated", "TSM-09903", "--override", "--reason", "試験端末"});
  EXPECT_EQ(walk_in.exit_code, 0) << walk_in.err;
  EXPECT_THAT(walk_in.out, HasSubstr("yes"));
}

TEST_F(RolloutVerbs, AnOlderPlanIsNotApprovedOverANewerOne) {
  for (int i = 0; i < 2; ++i) ASSERT_EQ(daemon_.Run({"plan", "create", "face2025"}).exit_code, 0);
  for (const char* plan : {"face2025/2", "face2025/3"}) {
    ASSERT_EQ(daemon_.Run({"plan", "submit", plan}).exit_code, 0);
  }
  ASSERT_EQ(daemon_.Run({"plan", "approve", "face2025/3", "--yes"}).exit_code, 0);
  const ProgramResult stale = daemon_.Run({"plan", "approve", "face2025/2", "--yes"});
  EXPECT_EQ(stale.exit_code, 4);
  EXPECT_THAT(stale.err, HasSubstr("older than the approved one"));
}

TEST_F(RolloutVerbs, TwoOperatorsMarkingOneDeviceEndInOneMark) {
  ProgramResult one;
  ProgramResult two;
  std::thread first([&] { one = daemon_.Run({"mark", "migrated", tags_[0]}); });
  std::thread second([&] { two = daemon_.Run({"mark", "migrated", tags_[0]}); });
  first.join();
  second.join();
  EXPECT_EQ(one.exit_code, 0) << one.err;
  EXPECT_EQ(two.exit_code, 0) << two.err;
  EXPECT_THAT(one.err + two.err, HasSubstr("1 marked, 0 already so, 0 refused"));
  EXPECT_THAT(one.err + two.err, HasSubstr("0 marked, 1 already so, 0 refused"));
}

}  // namespace
}  // namespace kirikae::testing
