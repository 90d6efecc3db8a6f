// Looking into plans: why, what if, what differs, sent back, and out as files.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/daemon.h"

namespace kirikae::testing {
namespace {

using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class Plans : public ::testing::Test {
 protected:
  void SetUp() override {
    ImportSampleWard(daemon_);
    const std::string rollout = std::string(KIRIKAE_SOURCE_FOLDER) + "/deploy/samples/rollout.yaml";
    ASSERT_EQ(daemon_.Run({"rollout", "apply", "-f", rollout}).exit_code, 0);
    ASSERT_EQ(daemon_.Run({"plan", "create", "face2025"}).exit_code, 0);
  }
  // The tag of the last placement.
  std::string LastTag() {
    const std::string rows = daemon_.Run({"plan", "show", "1", "-o", "csv", "--no-headers"}).out;
    std::istringstream lines(rows);
    std::string last;
    std::string last_day;
    for (std::string line; std::getline(lines, line);) {
      const size_t comma = line.find(',');
      const std::string day = line.substr(comma + 1, 10);
      if (day <= last_day) continue;
      last_day = day;
      last = line.substr(0, comma);
    }
    return last;
  }

  Daemon daemon_;
};

TEST_F(Plans, ExplainsADateSlotBySlot) {
  const std::string tag = LastTag();
  const ProgramResult why = daemon_.Run({"plan", "explain", tag});
  ASSERT_EQ(why.exit_code, 0) << why.err;
  EXPECT_THAT(why.out, HasSubstr("Planned: 2025-07-"));
  EXPECT_THAT(why.out, HasSubstr("Alone, it could go on 2025-07-01"));
  EXPECT_THAT(why.out, HasSubstr("2025-07-01 am a"));
  EXPECT_THAT(daemon_.Run({"plan", "explain", tag, "--lang", "ja"}).out,
              HasSubstr("計画: 2025-07-"));
  EXPECT_THAT(daemon_.Run({"plan", "explain", tag, "-o", "json"}).out, HasSubstr("\"code\": "));
}

TEST_F(Plans, ExplainsWhatBlocksADeviceAndNamesOneThatIsNotThere) {
  const std::string plan = daemon_.Run({"plan", "show", "1", "-o", "json"}).out;
  const size_t at = plan.find("\"assetTag\": \"", plan.find("\"blocked\"")) + 13;
  const std::string blocked = plan.substr(at, plan.find('"', at) - at);
  EXPECT_THAT(daemon_.Run({"plan", "explain", blocked}).out, HasSubstr("in the way: "));
  const ProgramResult unknown = daemon_.Run({"plan", "explain", "TSM-99999"});
  EXPECT_EQ(unknown.exit_code, 3);
  EXPECT_THAT(unknown.err, HasSubstr("does not have device TSM-99999"));
}

TEST_F(Plans, SaysWhatWouldBeIfAPhaseBeganLaterAndATeamWereAway) {
  const ProgramResult what =
      daemon_.Run({"plan", "what-if", "--phase-delay", "managers=10", "--team-away",
                   "a=2025-06-02..2025-06-06", "--share", "0.5", "-o", "json"});
  ASSERT_EQ(what.exit_code, 0) << what.err;
  EXPECT_THAT(what.out, HasSubstr("\"lastDayBefore\": \"2025-05-02\""));
  EXPECT_THAT(what.out, ContainsRegex("\"openDaysLater\": [1-9]"));
  const ProgramResult table = daemon_.Run({"plan", "what-if", "--phase-delay", "managers=10"});
  EXPECT_THAT(table.out, HasSubstr("open days later"));
  EXPECT_EQ(daemon_.Run({"plan", "list", "-o", "name"}).out, "rollouts/face2025/plans/1\n");
}

TEST_F(Plans, SaysWhatMoreOfATeamOrTheHelpDeskWouldBring) {
  const ProgramResult more = daemon_.Run({"plan", "what-if", "--team-minutes", "a=120",
                                          "--calendar-until", "2026-12-25", "-o", "json"});
  ASSERT_EQ(more.exit_code, 0) << more.err;
  EXPECT_THAT(more.out, ContainsRegex("\"openDaysLater\": -[1-9]"));
  const ProgramResult pool = daemon_.Run({"plan", "what-if", "--pool-limit", "どこにもない課=1"});
  EXPECT_EQ(pool.exit_code, 7);
  EXPECT_THAT(pool.err, HasSubstr("changes[0].pool"));
  EXPECT_EQ(daemon_.Run({"plan", "what-if", "--help-desk", "lots"}).exit_code, 2);
  EXPECT_EQ(daemon_.Run({"plan", "what-if", "--help-desk", "5"}).exit_code, 0);
  EXPECT_EQ(daemon_.Run({"plan", "what-if", "--team-devices", "a"}).exit_code, 2);
}

TEST_F(Plans, AWhatIfThatCannotBeReadNamesEveryFault) {
  EXPECT_EQ(daemon_.Run({"plan", "what-if"}).exit_code, 2);
  EXPECT_EQ(daemon_.Run({"plan", "what-if", "--phase-delay", "managers"}).exit_code, 2);
  EXPECT_EQ(daemon_.Run({"plan", "what-if", "--share", "half"}).exit_code, 2);
  const ProgramResult unknown = daemon_.Run(
      {"plan", "what-if", "--phase-delay", "bosses=1", "--team-away", "z=2025-06-02..2025-06-06"});
  EXPECT_EQ(unknown.exit_code, 7);
  EXPECT_THAT(unknown.err, HasSubstr("changes[0]"));
  EXPECT_THAT(unknown.err, HasSubstr("changes[1]"));
  const ProgramResult day =
      daemon_.Run({"plan", "what-if", "--team-away", "a=2025-02-30..2025-06-06"});
  EXPECT_EQ(day.exit_code, 7);
  EXPECT_THAT(day.err, HasSubstr("changes[0].teamAway.from"));
}

TEST_F(Plans, ComparesTwoPlansByDepartment) {
  EXPECT_EQ(daemon_.Run({"plan", "compare", "1", "1"}).exit_code, 0);
  ASSERT_EQ(daemon_.Run({"plan", "create", "face2025", "--first-day", "2025-04-09"}).exit_code, 0);
  const ProgramResult differs = daemon_.Run({"plan", "compare", "1", "2"});
  EXPECT_EQ(differs.exit_code, 1);
  EXPECT_THAT(differs.out, HasSubstr("政策経営部"));
  EXPECT_THAT(differs.out, HasSubstr("later"));
  EXPECT_EQ(daemon_.Run({"plan", "compare", "1", "9"}).exit_code, 3);
}

TEST_F(Plans, AnApproverSendsAPlanBackWithARemark) {
  EXPECT_EQ(daemon_.Run({"plan", "reject", "1", "--remark", "x"}).exit_code, 4);
  ASSERT_EQ(daemon_.Run({"plan", "submit", "1"}).exit_code, 0);
  EXPECT_EQ(daemon_.Run({"plan", "reject", "1", "--remark", ""}).exit_code, 7);
  const ProgramResult rejected = daemon_.Run({"plan", "reject", "1", "--remark", "期日を再検討"});
  ASSERT_EQ(rejected.exit_code, 0) << rejected.err;
  EXPECT_THAT(rejected.out, HasSubstr("sent back"));
  EXPECT_THAT(daemon_.Run({"plan", "show", "1"}).out, HasSubstr("期日を再検討"));
  EXPECT_EQ(daemon_.Run({"plan", "approve", "1"}).exit_code, 4);
}

TEST_F(Plans, GoesOutAsACalendarOfFoldedLines) {
  const std::string path = daemon_.folder() / "plan.ics";
  const ProgramResult result = daemon_.Run({"plan", "export", "1", "-f", "ics", "--to", path});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const std::string file = ReadFile(path);
  EXPECT_THAT(file, StartsWith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
  EXPECT_THAT(file, HasSubstr("\r\nUID:rollouts/face2025/2025-04-07/am/"));
  EXPECT_THAT(file, HasSubstr("\r\nDTSTART;VALUE=DATE:20250407\r\n"));
  EXPECT_THAT(file, ContainsRegex("\r\nDTSTAMP:20250401T[0-9]{6}Z\r\n"));
  size_t start = 0;
  int events = 0;
  int ends = 0;
  while (start < file.size()) {
    const size_t end = file.find("\r\n", start);
    ASSERT_NE(end, std::string::npos);
    const std::string line = file.substr(start, end - start);
    EXPECT_LE(line.size(), 75U) << line;
    EXPECT_EQ(line.find('\n'), std::string::npos);
    events += line == "BEGIN:VEVENT" ? 1 : 0;
    ends += line == "END:VEVENT" ? 1 : 0;
    start = end + 2;
  }
  EXPECT_GT(events, 10);
  EXPECT_EQ(events, ends);
}

TEST_F(Plans, GoesOutAsCsvAndAsAWorkbook) {
  const std::string csv = daemon_.Run({"plan", "export", "1", "-f", "csv", "--to", "-"}).out;
  EXPECT_THAT(csv, StartsWith("\xEF\xBB\xBF"));
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 570);
  const std::string path = daemon_.folder() / "plan.xlsx";
  ASSERT_EQ(daemon_.Run({"plan", "export", "1", "-f", "xlsx", "--to", path}).exit_code, 0);
  EXPECT_THAT(ReadFile(path), StartsWith("PK"));
  const ProgramResult nowhere =
      daemon_.Run({"plan", "export", "1", "-f", "csv", "--to", "/nowhere/plan.csv"});
  EXPECT_EQ(nowhere.exit_code, 2);
  EXPECT_THAT(nowhere.err, HasSubstr("can't be written"));
}

}  // namespace
}  // namespace kirikae::testing
