// The main job as its users do it: inventory in, plan, approval, wave, marks, look-up.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/daemon.h"

namespace kirikae::testing {
namespace {

using ::testing::ContainsRegex;
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

// A ward with an approved plan, on the day of its first wave.
class MainJob : public ::testing::Test {
 protected:
  void SetUp() override {
    ImportSampleWard(daemon_);
    ApproveSamplePlan(daemon_);
    daemon_.Stop();
    daemon_.Start({"--now", kFirstDay, "--allow-self-approval"});
    tags_ = Lines(daemon_.Run({"wave", "show", "1", "-o", "name"}).out);
    ASSERT_GT(tags_.size(), 3U);
  }

  Daemon daemon_;
  std::vector<std::string> tags_;
};

TEST_F(MainJob, PlanShowsAFinishDateAndABoundForEachPhase) {
  const std::string plan = daemon_.Run({"plan", "show"}).out;
  for (const char* phase : {"pilot", "managers", "promoters", "everyone"}) {
    EXPECT_THAT(plan,
                ContainsRegex(std::string(phase) + " +2025-[0-9-]+ +2025-[0-9-]+ +2025-[0-9-]+ "));
  }
  EXPECT_THAT(plan, HasSubstr("OPTIMAL"));
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
  const std::string wave = daemon_.Run({"wave", "show", "1", "-o", "json"}).out;
  EXPECT_THAT(wave, HasSubstr("\"state\": \"WAVE_STATE_DONE\""));
  EXPECT_THAT(wave, HasSubstr("\"migrated\": " + std::to_string(tags_.size() - 1)));
  EXPECT_THAT(wave, HasSubstr("\"failed\": 1"));
  EXPECT_THAT(daemon_.Run({"lookup", tags_[1]}).out, HasSubstr("METHOD NOW: face + password"));
  EXPECT_THAT(daemon_.Run({"lookup", tags_[0]}).out, HasSubstr("METHOD NOW: IC card + password"));
}

TEST_F(MainJob, MarkingTwiceIsDoneWithoutAChange) {
  EXPECT_EQ(daemon_.Run({"mark", "migrated", tags_[0]}).exit_code, 0);
  const ProgramResult again = daemon_.Run({"mark", "migrated", tags_[0]});
  EXPECT_EQ(again.exit_code, 0);
  EXPECT_THAT(again.err, HasSubstr("0 marked, 1 already so, 0 refused"));
}

TEST_F(MainJob, AMarkThatWasAnsweredSurvivesAKill) {
  for (int round = 0; round < 3; ++round) {
    const std::string& tag = tags_[static_cast<size_t>(round)];
    ASSERT_EQ(daemon_.Run({"mark", "migrated", tag}).exit_code, 0);
    daemon_.Kill();
    daemon_.Start();
    EXPECT_THAT(daemon_.Run({"device", "show", tag, "-o", "json"}).out,
                HasSubstr("AUTH_METHOD_FACE_AND_PASSWORD"));
  }
  EXPECT_EQ(daemon_.Run({"audit", "verify"}).exit_code, 0);
}

TEST_F(MainJob, ScanAnswersEachTagAtOnceAndARefusedOneStopsNothing) {
  const ProgramResult scan =
      daemon_.Run({"mark", "migrated", "--scan"}, tags_[0] + "\r\nTSM-99999\n" + tags_[1] + "\n");
  EXPECT_THAT(scan.out, HasSubstr(tags_[0]));
  EXPECT_THAT(scan.out, HasSubstr(tags_[1]));
  EXPECT_THAT(scan.err, HasSubstr("2 marked, 0 already so, 1 refused"));
  EXPECT_EQ(scan.exit_code, 3);
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
  for (const std::string& line : Lines(daemon_.Run({"device", "list", "-o", "name"}).out)) {
    if (many.size() < 300) many += line.substr(line.find('/') + 1) + "\n";
  }
  const ProgramResult result = daemon_.Run({"mark", "failed", "-", "--cause", "OTHER"}, many);
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("--yes"));
}

TEST_F(MainJob, JsonAndCsvHoldTheSameRows) {
  const std::string csv = daemon_.Run({"wave", "list", "-o", "csv", "--no-headers"}).out;
  const std::string jsonl = daemon_.Run({"wave", "list", "-o", "jsonl"}).out;
  EXPECT_EQ(Lines(csv).size(), Lines(jsonl).size());
  EXPECT_THAT(csv, Not(HasSubstr("phase")));
}

}  // namespace
}  // namespace kirikae::testing
