// Pausing, resuming and cancelling a rollout, and every outcome of a mark, through the real daemon.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "kirikae/v1/inventory_service.pb.h"
#include "kirikae/v1/migration_service.pb.h"
#include "kirikae/v1/rollout_service.pb.h"
#include "tests/support/answer.h"
#include "tests/support/daemon.h"
#include "tests/support/small_ward.h"

namespace kirikae::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kFirstDay[] = "2025-04-07T16:00:00+09:00";

// A ward with an approved plan, on the day of its first waves.
class RolloutVerbs : public ::testing::Test {
 protected:
  void SetUp() override {
    ImportSampleWard(daemon_);
    ApproveSamplePlan(daemon_);
    daemon_.Stop();
    daemon_.Start({"--now", kFirstDay, "--allow-self-approval"});
    tags_ = LinesOf(daemon_.Run({"wave", "show", "1", "-o", "name"}).out);
    ASSERT_GT(tags_.size(), 3U);
  }

  // The invariants hold at the end of every test.
  void TearDown() override {
    const ProgramResult check =
        RunProgram({KIRIKAED, "check", "--state-dir", daemon_.folder().path()});
    EXPECT_EQ(check.exit_code, 0) << check.out << check.err;
  }

  v1::AuthMethod MethodOf(const std::string& tag) {
    return Answer<v1::Device>(daemon_, {"device", "show", tag}).auth_method();
  }
  v1::ChangeRolloutResponse Change(std::vector<std::string> verb) {
    verb.insert(verb.begin(), "rollout");
    return Answer<v1::ChangeRolloutResponse>(daemon_, verb);
  }
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
  const v1::ChangeRolloutResponse paused = Change({"pause", "--reason", "お盆"});
  EXPECT_GT(paused.running_waves(), 0);
  EXPECT_FALSE(paused.running_waves_go_on());
  EXPECT_THAT(Try(daemon_, {"mark", "migrated", tags_[1]}), Fails(4, "ROLLOUT_PAUSED"));
  EXPECT_EQ(daemon_.Run({"due", "-o", "name"}).out, "");
  // A failed switch can still be rolled back.
  EXPECT_EQ(daemon_.Run({"mark", "rolled-back", tags_[0], "--reason", "camera"}).exit_code, 0);
  EXPECT_FALSE(Change({"pause"}).changed());
  EXPECT_EQ(daemon_.Run({"rollout", "resume"}).exit_code, 0);
  EXPECT_EQ(daemon_.Run({"mark", "migrated", tags_[1]}).exit_code, 0);
}

TEST_F(RolloutVerbs, RunningWavesGoOnOnlyWhereThePauseSaysSo) {
  const v1::ChangeRolloutResponse paused = Change({"pause", "--let-running-waves-finish"});
  EXPECT_GT(paused.running_waves(), 0);
  EXPECT_TRUE(paused.running_waves_go_on());
  EXPECT_THAT(daemon_.Run({"due", "-o", "name"}).out, HasSubstr(tags_[0]));
  EXPECT_EQ(daemon_.Run({"mark", "migrated", tags_[0]}).exit_code, 0);
  const std::string last =
      LinesOf(daemon_.Run({"wave", "list", "-o", "csv", "--no-headers"}).out).back();
  const std::string later =
      LinesOf(daemon_.Run({"wave", "show", last.substr(0, last.find(',')), "-o", "name"}).out)
          .front();
  EXPECT_THAT(Try(daemon_, {"mark", "migrated", later}), Fails(4, "ROLLOUT_PAUSED"));
}

TEST_F(RolloutVerbs, ApprovingAPlanDoesNotResumeAPausedRollout) {
  ASSERT_EQ(daemon_.Run({"rollout", "pause"}).exit_code, 0);
  ApproveAnotherPlan();
  EXPECT_EQ(Answer<v1::Rollout>(daemon_, {"rollout", "show"}).state(), v1::ROLLOUT_STATE_PAUSED);
}

TEST_F(RolloutVerbs, ANewPlanLeavesWavesThatHaveBegunAndTheListShowsThem) {
  ASSERT_EQ(daemon_.Run({"mark", "migrated", tags_[0]}).exit_code, 0);
  ApproveAnotherPlan();
  const auto wave = Answer<v1::Wave>(daemon_, {"wave", "show", "1"});
  EXPECT_EQ(wave.state(), v1::WAVE_STATE_IN_PROGRESS);
  EXPECT_THAT(wave.asset_tags(), ::testing::UnorderedElementsAreArray(tags_));
  EXPECT_THAT(daemon_.Run({"wave", "list", "-o", "name"}).out,
              HasSubstr("rollouts/face2025/waves/1\n"));
}

TEST_F(RolloutVerbs, CancellingReleasesWhatIsPlannedAndKeepsWhatIsSwitched) {
  ASSERT_EQ(daemon_.Run({"mark", "migrated", tags_[0]}).exit_code, 0);
  EXPECT_THAT(Try(daemon_, {"rollout", "cancel", "--yes"}), InvalidAt({"options.reason"}));
  const v1::ChangeRolloutResponse cancelled = Change({"cancel", "--yes", "--reason", "予算"});
  EXPECT_GT(cancelled.cancelled_waves(), 0);
  EXPECT_GT(cancelled.released_devices(), 0);
  EXPECT_EQ(MethodOf(tags_[0]), v1::AUTH_METHOD_FACE_AND_PASSWORD);
  EXPECT_EQ(daemon_.Run({"due", "-o", "name"}).out, "");
  EXPECT_THAT(Try(daemon_, {"rollout", "resume"}), Fails(4, "ROLLOUT_STATE"));
  EXPECT_THAT(Try(daemon_, {"mark", "migrated", tags_[1]}), Fails(4, "DEVICE_NOT_IN_ROLLOUT"));
}

TEST_F(RolloutVerbs, RollingBackAndUndoRestoreTheMethod) {
  ASSERT_EQ(daemon_.Run({"mark", "migrated", tags_[0]}).exit_code, 0);
  ASSERT_EQ(daemon_.Run({"mark", "verified", tags_[0]}).exit_code, 0);
  EXPECT_THAT(Try(daemon_, {"mark", "rolled-back", tags_[0]}), InvalidAt({"options.reason"}));
  ASSERT_EQ(daemon_.Run({"mark", "rolled-back", tags_[0], "--reason", "slow"}).exit_code, 0);
  EXPECT_EQ(MethodOf(tags_[0]), v1::AUTH_METHOD_IC_CARD_AND_PASSWORD);
  EXPECT_THAT(Try(daemon_, {"mark", "rolled-back", tags_[1], "--reason", "x"}),
              Fails(4, "MARK_REFUSED"));
}

TEST_F(RolloutVerbs, DeferredWaitsForItsDayAndTheNextPlanKeepsIt) {
  for (const char* until : {"2025-04-07", "someday"}) {
    EXPECT_THAT(Try(daemon_, {"mark", "deferred", tags_[0], "--until", until}),
                InvalidAt({"until"}));
  }
  ASSERT_EQ(daemon_.Run({"mark", "deferred", tags_[0], "--until", "2025-04-21"}).exit_code, 0);
  EXPECT_THAT(daemon_.Run({"due", "-o", "name"}).out, Not(HasSubstr(tags_[0])));
  ApproveAnotherPlan();
  for (const std::string& line :
       LinesOf(daemon_.Run({"wave", "list", "-o", "csv", "--no-headers"}).out)) {
    const std::string number = line.substr(0, line.find(','));
    if (line.find("2025-04-21") != std::string::npos) break;  // by day
    EXPECT_THAT(daemon_.Run({"wave", "show", number, "-o", "name"}).out, Not(HasSubstr(tags_[0])));
  }
}

TEST_F(RolloutVerbs, AnApproverExemptsAndNobodyElseMarksTheDevice) {
  const std::string person = daemon_.NewToken("operator");
  const std::string approver = daemon_.NewToken("approver");
  const std::vector<std::string> exempt = {"mark", "exempt", tags_[0], "--reason", "no consent"};
  EXPECT_THAT(TryAs(daemon_, person, exempt), Fails(5, "MARK_NOT_FOR_ROLE"));
  EXPECT_THAT(TryAs(daemon_, approver, {"mark", "migrated", tags_[0]}),
              Fails(5, "MARK_NOT_FOR_ROLE"));
  EXPECT_EQ(daemon_.RunAs(approver, exempt).exit_code, 0);
  EXPECT_EQ(daemon_.RunAs(approver, exempt).exit_code, 0);
  EXPECT_THAT(TryAs(daemon_, person, {"mark", "migrated", tags_[0]}), Fails(4, "DEVICE_EXEMPT"));
}

TEST_F(RolloutVerbs, AnExemptionIsLiftedByAnApproverAndTheDeviceIsPlannedAgain) {
  const std::string approver = daemon_.NewToken("approver");
  const std::vector<std::string> lift = {"mark",   "exempt",   tags_[0],
                                         "--lift", "--reason", "同意が得られた"};
  EXPECT_THAT(TryAs(daemon_, approver, lift), Fails(4, "DEVICE_NOT_EXEMPT"));
  ASSERT_EQ(daemon_.RunAs(approver, {"mark", "exempt", tags_[0], "--reason", "不同意"}).exit_code,
            0);
  EXPECT_THAT(TryAs(daemon_, daemon_.NewToken("operator"), lift), Fails(5, "MARK_NOT_FOR_ROLE"));
  ASSERT_EQ(daemon_.RunAs(approver, lift).exit_code, 0);
  EXPECT_THAT(daemon_.Run({"device", "list", "--filter", "placement.state = UNPLANNED"}).out,
              HasSubstr(tags_[0]));
  ApproveAnotherPlan();
  EXPECT_THAT(daemon_.Run({"device", "list", "--filter", "placement.state = PLANNED"}).out,
              HasSubstr(tags_[0]));
}

TEST_F(RolloutVerbs, MarksThatCannotBeEachSayWhy) {
  const auto mark = [&](std::vector<std::string> args) {
    args.insert(args.begin(), "mark");
    return Try(daemon_, args);
  };
  ASSERT_EQ(daemon_.Run({"device", "retire", tags_[0], "--reason", "廃棄"}).exit_code, 0);
  EXPECT_THAT(mark({"migrated", tags_[0]}), Fails(4, "DEVICE_RETIRED"));
  EXPECT_THAT(mark({"migrated", "TSM-99999"}), Fails(3, "DEVICE_NOT_FOUND"));
  EXPECT_THAT(mark({"migrated", tags_[1], "--when", "2031-01-01T09:00:00+09:00"}),
              InvalidAt({"options.effective_time"}));
  EXPECT_THAT(mark({"failed", tags_[1], "--cause", "BAD_LUCK"}), Fails(2, "UNKNOWN_CAUSE"));
  EXPECT_THAT(mark({"deferred", tags_[1], "--until", "2025-04-07"}), InvalidAt({"until"}));
  EXPECT_THAT(mark({"rolled-back", tags_[1], "--reason", "x"}), Fails(4, "MARK_REFUSED"));
  // With several refused devices, each is named and none is marked.
  const Outcome several = mark({"migrated", tags_[0], tags_[1], "TSM-99999"});
  EXPECT_THAT(several, Fails(4, "MARKS_REFUSED"));
  EXPECT_THAT(several.fields, ::testing::ElementsAre(tags_[0], "TSM-99999"));
  EXPECT_EQ(MethodOf(tags_[1]), v1::AUTH_METHOD_IC_CARD_AND_PASSWORD);
  // A device outside the rollout's scope has nothing to be marked in.
  ASSERT_EQ(daemon_.Run({"device", "create", "TSM-09902", "--set", "network=INTERNET"}).exit_code,
            0);
  EXPECT_THAT(mark({"migrated", "TSM-09902"}), Fails(4, "DEVICE_NOT_IN_ROLLOUT"));
  // In the scope and not planned: a walk-in, accepted and recorded as such.
  ASSERT_EQ(daemon_.Run({"device", "create", "TSM-09903", "--set", "camera=BUILT_IN"}).exit_code,
            0);
  EXPECT_THAT(mark({"migrated", "TSM-09903"}), Fails(4, "DEVICE_BLOCKED"));
  const auto walk_in = Answer<v1::MarkDevicesResponse>(
      daemon_, {"mark", "migrated", "TSM-09903", "--override", "--reason", "試験端末", "--yes"});
  ASSERT_EQ(walk_in.results_size(), 1);
  EXPECT_TRUE(walk_in.results(0).changed());
  EXPECT_TRUE(walk_in.results(0).off_schedule());
}

TEST_F(RolloutVerbs, AnOlderPlanIsNotApprovedOverANewerOne) {
  for (int i = 0; i < 2; ++i) ASSERT_EQ(daemon_.Run({"plan", "create", "face2025"}).exit_code, 0);
  for (const char* plan : {"face2025/2", "face2025/3"}) {
    ASSERT_EQ(daemon_.Run({"plan", "submit", plan}).exit_code, 0);
  }
  ASSERT_EQ(daemon_.Run({"plan", "approve", "face2025/3", "--yes"}).exit_code, 0);
  EXPECT_THAT(Try(daemon_, {"plan", "approve", "face2025/2", "--yes"}), Fails(4, "PLAN_STALE"));
}

}  // namespace
}  // namespace kirikae::testing
