// The main job as users do it: import the inventory, plan, approve, start a wave, mark, look up.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "kirikae/v1/inventory_service.pb.h"
#include "kirikae/v1/migration_service.pb.h"
#include "kirikae/v1/planning_service.pb.h"
#include "kirikae/v1/rollout_service.pb.h"
#include "tests/support/answer.h"
#include "tests/support/daemon.h"
#include "tests/support/small_ward.h"

namespace kirikae::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kFirstDay[] = "2025-04-07T16:00:00+09:00";

// A ward with an approved plan, on the day of its first wave.
class MainJob : public ::testing::Test {
 protected:
  void SetUp() override {
    ImportSampleWard(daemon_);
    ApproveSamplePlan(daemon_);
    daemon_.Stop();
    daemon_.Start({"--now", kFirstDay, "--allow-self-approval"});
    tags_ = LinesOf(daemon_.Run({"wave", "show", "1", "-o", "name"}).out);
    ASSERT_GT(tags_.size(), 3U);
  }

  Daemon daemon_;
  std::vector<std::string> tags_;
};

TEST_F(MainJob, PlanShowsAFinishDateAndABoundForEachPhase) {
  const auto plan = Answer<v1::Plan>(daemon_, {"plan", "show"});
  std::vector<std::string> phases;
  for (const v1::PlanPhaseResult& phase : plan.solution().phases()) {
    phases.push_back(phase.id());
    EXPECT_TRUE(phase.first_day().starts_with("2025-")) << phase.id();
    EXPECT_GE(phase.last_day(), phase.first_day()) << phase.id();
    EXPECT_TRUE(phase.last_day_bound().starts_with("2025-")) << phase.id();
    EXPECT_LE(phase.last_day_bound(), phase.last_day()) << phase.id();
  }
  EXPECT_THAT(phases, ::testing::ElementsAre("pilot", "managers", "promoters", "everyone"));
  EXPECT_EQ(plan.solution().status(), "OPTIMAL");
}

TEST_F(MainJob, DueListsTheFirstWave) {
  const ProgramResult due = daemon_.Run({"due", "-o", "name"});
  EXPECT_EQ(due.exit_code, 0);
  for (const std::string& tag : tags_) EXPECT_THAT(due.out, HasSubstr(tag));
}

TEST_F(MainJob, MarksFinishTheWaveAndTheLookUpKnows) {
  EXPECT_EQ(daemon_.Run({"mark", "failed", tags_[0], "--cause", "CAMERA_FAULT"}).exit_code, 0);
  std::string rest;
  for (size_t i = 1; i < tags_.size(); ++i) rest += tags_[i] + "\n";
  const ProgramResult marked = daemon_.Run({"mark", "migrated", "-", "--yes"}, rest);
  EXPECT_EQ(marked.exit_code, 0) << marked.err;
  const auto wave = Answer<v1::Wave>(daemon_, {"wave", "show", "1"});
  EXPECT_EQ(wave.state(), v1::WAVE_STATE_DONE);
  EXPECT_EQ(wave.migrated(), static_cast<int>(tags_.size()) - 1);
  EXPECT_EQ(wave.failed(), 1);
  const auto method_now = [&](const std::string& tag) {
    return Answer<v1::LookupDevicesResponse>(daemon_, {"lookup", tag})
        .matches(0)
        .card()
        .effective_method();
  };
  EXPECT_EQ(method_now(tags_[1]), v1::AUTH_METHOD_FACE_AND_PASSWORD);
  EXPECT_EQ(method_now(tags_[0]), v1::AUTH_METHOD_IC_CARD_AND_PASSWORD);
}

TEST_F(MainJob, MarkingTwiceIsDoneWithoutAChange) {
  EXPECT_EQ(daemon_.Run({"mark", "migrated", tags_[0]}).exit_code, 0);
  const auto again = Answer<v1::MarkDevicesResponse>(daemon_, {"mark", "migrated", tags_[0]});
  EXPECT_EQ(again.changed(), 0);
  EXPECT_EQ(again.unchanged(), 1);
  EXPECT_EQ(again.change_set(), "");
}

TEST_F(MainJob, AMarkThatWasAnsweredSurvivesAKill) {
  for (int round = 0; round < 3; ++round) {
    const std::string& tag = tags_[static_cast<size_t>(round)];
    ASSERT_EQ(daemon_.Run({"mark", "migrated", tag}).exit_code, 0);
    daemon_.Kill();
    daemon_.Start();
    EXPECT_EQ(Answer<v1::Device>(daemon_, {"device", "show", tag}).auth_method(),
              v1::AUTH_METHOD_FACE_AND_PASSWORD);
  }
  EXPECT_EQ(daemon_.Run({"audit", "verify"}).exit_code, 0);
}

TEST_F(MainJob, ScanAnswersEachTagAtOnceAndARefusedOneStopsNothing) {
  const ProgramResult scan = daemon_.Run({"mark", "migrated", "--scan", "-o", "jsonl"},
                                         tags_[0] + "\r\nTSM-99999\n" + tags_[1] + "\n");
  EXPECT_EQ(scan.exit_code, 3);
  const std::vector<std::string> lines = LinesOf(scan.out);
  ASSERT_EQ(lines.size(), 3U);
  std::vector<v1::MarkResult> results(3);
  for (size_t i = 0; i < 3; ++i) ReadJson(lines[i], results[i]);
  EXPECT_EQ(results[0].asset_tag(), tags_[0]);
  EXPECT_TRUE(results[0].changed());
  EXPECT_EQ(results[1].asset_tag(), "TSM-99999");
  EXPECT_EQ(results[1].status().code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(results[2].asset_tag(), tags_[1]);
  EXPECT_TRUE(results[2].changed());
}

TEST_F(MainJob, HistoryTellsWhoMarkedWhenAndWhy) {
  ASSERT_EQ(daemon_
                .Run({"mark", "migrated", tags_[0], "--reason", "walked in", "--when",
                      "2025-04-07T10:00:00+09:00"})
                .exit_code,
            0);
  const std::string history = daemon_.Run({"device", "history", tags_[0], "-o", "csv"}).out;
  EXPECT_THAT(history, HasSubstr("2025-04-07 10:00,2025-04-07 16:00,admin"));
  EXPECT_THAT(history, HasSubstr("walked in"));
}

TEST_F(MainJob, MoreThanTwentyDevicesAreNotMarkedWithoutAYes) {
  std::string many;
  for (const std::string& line : LinesOf(daemon_.Run({"device", "list", "-o", "name"}).out)) {
    if (many.size() < 300) many += line.substr(line.find('/') + 1) + "\n";
  }
  EXPECT_THAT(Try(daemon_, {"mark", "failed", "-", "--cause", "OTHER"}, many),
              Fails(2, "NOT_CONFIRMED"));
}

TEST_F(MainJob, JsonAndCsvHoldTheSameRows) {
  const std::string csv = daemon_.Run({"wave", "list", "-o", "csv", "--no-headers"}).out;
  const std::string jsonl = daemon_.Run({"wave", "list", "-o", "jsonl"}).out;
  EXPECT_EQ(LinesOf(csv).size(), LinesOf(jsonl).size());
  EXPECT_THAT(csv, Not(HasSubstr("phase")));
}

}  // namespace
}  // namespace kirikae::testing
