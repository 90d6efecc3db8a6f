// Gates, waves started and finished by hand, and watching, through the real daemon.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <thread>
#include <vector>

#include "kirikae/v1/inventory_service.pb.h"
#include "kirikae/v1/migration_service.pb.h"
#include "tests/support/answer.h"
#include "tests/support/daemon.h"
#include "tests/support/rollout_driver.h"

namespace kirikae::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class Gates : public ::testing::Test {
 protected:
  void SetUp() override {
    ImportSampleWard(daemon_);
    ApproveSamplePlan(daemon_);
    driver_.GoTo(absl::CivilDay(2025, 4, 7), 9);
    const v1::Wave wave = driver_.Wave(1);
    tags_.assign(wave.asset_tags().begin(), wave.asset_tags().end());
    ASSERT_GE(tags_.size(), 4U);
  }
  void TearDown() override {
    daemon_.Stop();
    const ProgramResult check =
        RunProgram({KIRIKAED, "check", "--state-dir", daemon_.folder().path()});
    EXPECT_EQ(check.exit_code, 0) << check.out << check.err;
  }

  std::vector<std::string> Watched(const std::vector<std::string>& more) {
    std::vector<std::string> args = {"rollout", "watch", "-o", "jsonl"};
    args.insert(args.end(), more.begin(), more.end());
    const ProgramResult watched = daemon_.Run(args);
    EXPECT_EQ(watched.exit_code, 0) << watched.err;
    std::vector<std::string> lines;
    size_t start = 0;
    while (start < watched.out.size()) {
      const size_t end = std::min(watched.out.find('\n', start), watched.out.size());
      lines.push_back(watched.out.substr(start, end - start));
      start = end + 1;
    }
    return lines;
  }

  Daemon daemon_;
  RolloutDriver driver_{daemon_, "face2025"};
  std::vector<std::string> tags_;
};

TEST_F(Gates, WavesStartOnTheirDayAndFinishWithTheLastDevice) {
  v1::Wave wave = driver_.Wave(1);
  EXPECT_EQ(wave.state(), v1::WAVE_STATE_IN_PROGRESS);
  EXPECT_EQ(driver_.CountInInventory("DUE"), static_cast<int>(driver_.Due().size()));
  EXPECT_THAT(Try(daemon_, {"wave", "finish", "1"}), Fails(4, "WAVE_UNFINISHED"));
  EXPECT_EQ(driver_.Mark("migrated", tags_), 0);
  EXPECT_EQ(driver_.Wave(1).state(), v1::WAVE_STATE_DONE);
  EXPECT_EQ(daemon_.Run({"wave", "finish", "1"}).exit_code, 0) << "it is so already";
  ASSERT_EQ(daemon_.Run({"change", "undo", NewestChange(daemon_), "--yes"}).exit_code, 0);
  EXPECT_EQ(driver_.Wave(1).state(), v1::WAVE_STATE_IN_PROGRESS) << "its devices are to do again";
  EXPECT_EQ(driver_.Wave(1).open(), static_cast<int>(tags_.size()));
}

TEST_F(Gates, DevicesGivenBackAreOfferedInTheNextPlan) {
  EXPECT_EQ(driver_.Mark("migrated", {tags_[0]}), 0);
  const ProgramResult finished = daemon_.Run({"wave", "finish", "1", "--return-open"});
  ASSERT_EQ(finished.exit_code, 0) << finished.err;
  EXPECT_EQ(driver_.Wave(1).state(), v1::WAVE_STATE_DONE);
  EXPECT_EQ(driver_.Wave(1).total(), 1);
  EXPECT_GE(driver_.Progress().total().unplanned(), static_cast<int>(tags_.size()) - 1);
  driver_.ApproveNewPlan();
  const std::string device =
      daemon_.Run({"device", "list", "--filter", "placement.state = PLANNED", "-o", "name"}).out;
  EXPECT_THAT(device, HasSubstr(tags_[1] + "\n"));
}

TEST_F(Gates, AWaveIsStartedBeforeItsDayOnlyWhereItsPhaseRuns) {
  int pilot = 0;
  int managers = 0;
  for (const v1::Wave& wave : driver_.Waves()) {
    if (wave.state() != v1::WAVE_STATE_PLANNED) continue;
    const int number = std::stoi(wave.name().substr(wave.name().rfind('/') + 1));
    if (wave.phase() == "pilot" && pilot == 0) pilot = number;
    if (wave.phase() == "managers" && managers == 0) managers = number;
  }
  ASSERT_NE(pilot, 0);
  ASSERT_NE(managers, 0);
  EXPECT_EQ(daemon_.Run({"wave", "start", std::to_string(pilot)}).exit_code, 0);
  EXPECT_EQ(driver_.Wave(pilot).state(), v1::WAVE_STATE_IN_PROGRESS);
  EXPECT_THAT(Try(daemon_, {"wave", "start", std::to_string(managers)}),
              Fails(4, "PHASE_DOES_NOT_RUN"));
  EXPECT_THAT(Try(daemon_, {"wave", "start", "99999"}), Fails(3, "WAVE_NOT_FOUND"));
}

TEST_F(Gates, AHeldPhaseStartsNoWaveAndSwitchesNoDeviceThatIsNotDue) {
  EXPECT_THAT(Try(daemon_, {"phase", "hold", "pilot"}), InvalidAt({"options.reason"}));
  ASSERT_EQ(daemon_.Run({"phase", "hold", "pilot", "--reason", "停電"}).exit_code, 0);
  EXPECT_THAT(Try(daemon_, {"phase", "hold", "managers", "--reason", "停電"}),
              Fails(4, "PHASE_DOES_NOT_RUN"));
  EXPECT_THAT(Try(daemon_, {"phase", "hold", "nobody", "--reason", "停電"}),
              Fails(3, "PHASE_NOT_FOUND"));
  const v1::Phase held = driver_.Phase("pilot");
  EXPECT_EQ(held.state(), v1::PHASE_STATE_HELD);
  EXPECT_EQ(held.hold().held_by(), "admin");
  EXPECT_EQ(held.hold().text().ja(), "停電");
  EXPECT_EQ(driver_.Mark("migrated", {tags_[0]}), 0) << "its wave had begun";
  std::string later;
  for (const v1::Wave& wave : driver_.Waves()) {
    if (wave.phase() != "pilot" || wave.state() != v1::WAVE_STATE_PLANNED) continue;
    later = driver_.Wave(std::stoi(wave.name().substr(wave.name().rfind('/') + 1))).asset_tags(0);
    break;
  }
  ASSERT_NE(later, "");
  EXPECT_THAT(Try(daemon_, {"mark", "migrated", later}), Fails(4, "PHASE_HELD"));
  EXPECT_THAT(Try(daemon_, {"mark", "migrated", later, "--override", "--reason", "現地対応"}),
              Fails(4, "PHASE_HELD"))
      << "only an approver lets a held phase go on";
  EXPECT_THAT(Try(daemon_, {"phase", "release", "pilot"}), InvalidAt({"remark"}));
  const std::string planner = daemon_.NewToken("planner");
  EXPECT_THAT(TryAs(daemon_, planner, {"phase", "release", "pilot", "--remark", "x"}),
              Fails(5, "ROLE_MAY_NOT"));
  EXPECT_EQ(
      daemon_.RunAs(daemon_.NewToken("approver"), {"phase", "release", "pilot", "--remark", "復電"})
          .exit_code,
      0);
  EXPECT_EQ(driver_.Phase("pilot").remark(), "復電");
  EXPECT_THAT(Try(daemon_, {"phase", "release", "pilot", "--remark", "x"}),
              Fails(4, "PHASE_NOT_HELD"));
  EXPECT_THAT(Try(daemon_, {"phase", "release", "pilot", "--override", "--remark", "x", "--yes"}),
              Fails(4, "OVERRIDE_BEFORE_GATE"));
}

TEST_F(Gates, AWatcherThatReconnectsFiftyTimesSeesEachEventOnce) {
  // A token for the present, from a watch that ends with the first event.
  std::string token;
  {
    const auto stub = v1::RolloutService::NewStub(daemon_.channel());
    grpc::ClientContext context;
    daemon_.Authorize(context);
    v1::WatchRolloutRequest request;
    request.set_name("rollouts/face2025");
    const auto reader = stub->WatchRollout(&context, request);
    v1::RolloutEvent first;
    ASSERT_TRUE(reader->Read(&first));
    EXPECT_EQ(first.record(), "");
    token = first.resume_token();
    context.TryCancel();
    reader->Finish();
  }
  // Sixty events: thirty times a mark and its undo, each with at least one event of the device.
  for (int i = 0; i < 30; ++i) {
    ASSERT_EQ(driver_.Mark("migrated", {tags_[0]}), 0);
    ASSERT_EQ(daemon_.Run({"change", "undo", NewestChange(daemon_), "--yes"}).exit_code, 0);
  }
  const std::vector<std::string> whole = Watched({"--resume-token", token, "--events", "60"});
  const auto stub = v1::RolloutService::NewStub(daemon_.channel());
  std::vector<std::string> seen;
  std::set<std::string> tokens;
  for (int connection = 0; connection < 60; ++connection) {
    grpc::ClientContext context;
    daemon_.Authorize(context);
    v1::WatchRolloutRequest request;
    request.set_name("rollouts/face2025");
    request.set_resume_token(token);
    const auto reader = stub->WatchRollout(&context, request);
    v1::RolloutEvent event;
    do {
      ASSERT_TRUE(reader->Read(&event));
    } while (event.record().empty());
    token = event.resume_token();
    EXPECT_TRUE(tokens.insert(token).second) << "seen twice";
    seen.push_back(event.change_set() + " " + event.record() + " " + event.new_state());
    context.TryCancel();
    reader->Finish();
  }
  EXPECT_EQ(seen.size(), 60U);
  int mine = 0;
  for (size_t i = 0; i < seen.size(); ++i) {
    if (seen[i].ends_with(tags_[0] + (i % 2 == 0 ? " MIGRATED" : " DUE"))) ++mine;
  }
  EXPECT_EQ(mine, 60) << "none lost, none out of order";
  // The first line tells where the watch begins.
  EXPECT_EQ(whole.size(), 61U);
}

TEST_F(Gates, AWatchSeesWhatHappensAndEndsWhenTheServiceStops) {
  const auto stub = v1::RolloutService::NewStub(daemon_.channel());
  grpc::ClientContext context;
  daemon_.Authorize(context);
  v1::WatchRolloutRequest request;
  request.set_name("rollouts/face2025");
  const auto reader = stub->WatchRollout(&context, request);
  v1::RolloutEvent event;
  ASSERT_TRUE(reader->Read(&event));
  ASSERT_EQ(driver_.Mark("failed", {tags_[0]}, {"--cause", "user-absent"}), 0);
  ASSERT_TRUE(reader->Read(&event));
  EXPECT_EQ(event.record(), "rollouts/face2025/placements/" + tags_[0]);
  EXPECT_EQ(event.act(), "MARK_FAILED");
  EXPECT_EQ(event.old_state(), "DUE");
  EXPECT_EQ(event.new_state(), "FAILED");
  EXPECT_EQ(daemon_.Stop().exit_code, 0);
  EXPECT_FALSE(reader->Read(&event));
  EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
  daemon_.Start();
}

TEST_F(Gates, AWatchOfNothingOrWithAForeignTokenIsRefused) {
  EXPECT_THAT(Try(daemon_, {"rollout", "watch", "nothing"}), Fails(3, "ROLLOUT_NOT_FOUND"));
  EXPECT_THAT(Try(daemon_, {"rollout", "watch", "face2025", "--resume-token", "AAAA"}),
              InvalidAt({"resume_token"}));
}

TEST_F(Gates, TheReportIsAPageOfItsOwnAndAWorkbook) {
  const TemporaryFolder folder;
  EXPECT_EQ(driver_.Mark("failed", {tags_[0]}, {"--cause", "user-absent"}), 0);
  ASSERT_EQ(daemon_.Run({"--lang", "ja", "rollout", "report", "--to", folder / "r.html"}).exit_code,
            0);
  const std::string html = ReadFile(folder / "r.html");
  EXPECT_THAT(html, HasSubstr("<html lang=\"ja\">"));
  EXPECT_THAT(html, HasSubstr("管理職端末等への顔認証導入"));
  EXPECT_THAT(html, HasSubstr("size: A4"));
  EXPECT_THAT(html, HasSubstr("<svg"));
  EXPECT_THAT(html, Not(HasSubstr("http")));
  ASSERT_EQ(daemon_.Run({"rollout", "report", "--to", folder / "r.xlsx"}).exit_code, 0);
  EXPECT_EQ(ReadFile(folder / "r.xlsx").substr(0, 2), "PK");
  EXPECT_THAT(Try(daemon_, {"rollout", "report", "--to", folder / "r.pdf"}), Fails(2, "USAGE"));
  EXPECT_THAT(Try(daemon_, {"rollout", "report", "--to", folder / "no/r.html"}),
              Fails(2, "FILE_UNWRITABLE"));
  driver_.ExpectCountsAgree();
}

TEST_F(Gates, AnExceptionEndsByItself) {
  ASSERT_EQ(daemon_
                .Run({"exception", "grant", tags_[3], "--method", "FACE_AND_PASSWORD", "--until",
                      "2025-04-08", "--reason", "試行"})
                .exit_code,
            0);
  driver_.GoTo(absl::CivilDay(2025, 4, 10), 9);
  EXPECT_THAT(daemon_.Run({"change", "list", "--act", "EXCEPTION_ENDED", "-o", "name"}).out,
              HasSubstr("changeSets/"));
  EXPECT_FALSE(Answer<v1::Device>(daemon_, {"device", "show", tags_[3]}).has_exception());
}

TEST_F(Gates, TwoWhoMarkOneDeviceAtOnceEndInOneMark) {
  v1::MarkDevicesResponse results[2];
  {
    const auto mark = [&](v1::MarkDevicesResponse& result) {
      result = Answer<v1::MarkDevicesResponse>(daemon_, {"mark", "migrated", tags_[0]});
    };
    std::jthread one([&] { mark(results[0]); });
    std::jthread other([&] { mark(results[1]); });
  }
  EXPECT_EQ(results[0].changed() + results[1].changed(), 1);
  EXPECT_EQ(results[0].unchanged() + results[1].unchanged(), 1);
}

}  // namespace
}  // namespace kirikae::testing
