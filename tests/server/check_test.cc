// kirikaed check: sound databases pass, and each kind of damage is found.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/daemon.h"
#include "tests/support/small_ward.h"

namespace kirikae::testing {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

ProgramResult Check(const Daemon& daemon) {
  return RunProgram({KIRIKAED, "check", "--state-dir", daemon.folder().path()});
}

// The records of a check's findings, in order; "" when a finding names none. A check prints each
// finding in two lines, one per language, and ends with two lines about the whole.
std::vector<std::string> Found(const Daemon& daemon) {
  const ProgramResult check = Check(daemon);
  EXPECT_EQ(check.exit_code, 1);
  const std::vector<std::string> lines = LinesOf(check.out);
  EXPECT_EQ(lines.size() % 2, 0U) << check.out;
  std::vector<std::string> records;
  for (size_t i = 0; i + 2 < lines.size(); i += 2) {
    const std::string name = lines[i].substr(0, lines[i].find(": "));
    records.push_back(name.find(' ') == std::string::npos ? name : "");
  }
  return records;
}

// Alters the file while the daemon is stopped.
void Alter(Daemon& daemon, const std::string& sql) {
  daemon.Stop();
  SQLite::Database database(daemon.folder() / "kirikae.db", SQLite::OPEN_READWRITE);
  ASSERT_GE(database.exec(sql), 1) << sql;
}

void Fill(const Daemon& daemon) {
  ImportSampleWard(daemon);
  ApproveSamplePlan(daemon);
  const std::string due = daemon.Run({"due", "--day", "2025-04-30", "-o", "name"}).out;
  const ProgramResult marked =
      daemon.Run({"mark", "migrated", due.substr(0, due.find('\n')), "--yes"});
  ASSERT_EQ(marked.exit_code, 0) << marked.err;
}

TEST(CheckTest, FindsNothingWrongInAWardAtWorkServedOrNot) {
  Daemon daemon;
  Fill(daemon);
  const ProgramResult served = Check(daemon);
  EXPECT_EQ(served.exit_code, 0) << served.out << served.err;
  const std::vector<std::string> lines = LinesOf(served.out);
  ASSERT_EQ(lines.size(), 2U) << served.out;
  EXPECT_THAT(lines, Each(HasSubstr("700"))) << "the devices, in either language";
  daemon.Stop();
  const ProgramResult stopped = Check(daemon);
  EXPECT_EQ(stopped.exit_code, 0) << stopped.out << stopped.err;
  EXPECT_EQ(stopped.out, served.out);
}

TEST(CheckTest, NamesADeviceWhoseMethodItsHistoryDoesNotGive) {
  Daemon daemon;
  ImportSampleWard(daemon);
  Alter(daemon, "UPDATE devices SET auth_method = 2 WHERE asset_tag = 'TSM-00123'");
  EXPECT_THAT(Found(daemon), AllOf(Not(IsEmpty()), Each("devices/TSM-00123")));
  EXPECT_THAT(Check(daemon).out,
              AllOf(HasSubstr("FACE_AND_PASSWORD"), HasSubstr("IC_CARD_AND_PASSWORD")));
}

TEST(CheckTest, NamesARecordChangedWithoutAChangeSet) {
  Daemon daemon;
  ImportSampleWard(daemon);
  Alter(daemon,
        "UPDATE staff SET name = '誰' WHERE staff_number = "
        "(SELECT min(staff_number) FROM staff)");
  EXPECT_THAT(Found(daemon), AllOf(Not(IsEmpty()), Each(StartsWith("staff/"))));
  EXPECT_THAT(Check(daemon).out, HasSubstr("誰"));
}

TEST(CheckTest, NamesAnAlteredChangeSet) {
  Daemon daemon;
  ImportSampleWard(daemon);
  Alter(daemon, "UPDATE change_sets SET reason = reason || '!' WHERE id = 3");
  EXPECT_THAT(Found(daemon), ::testing::ElementsAre("changeSets/3"));
}

TEST(CheckTest, NamesAnActWithoutAnActor) {
  Daemon daemon;
  Alter(daemon, "UPDATE change_sets SET actor = ' ' WHERE id = 1");
  EXPECT_THAT(Found(daemon), AllOf(Not(IsEmpty()), Each("changeSets/1")));
}

TEST(CheckTest, NamesARecordRenamedBesideTheHistory) {
  Daemon daemon;
  ImportSampleWard(daemon);
  Alter(daemon,
        "UPDATE staff SET staff_number = 'X' || staff_number "
        "WHERE staff_number = (SELECT min(staff_number) FROM staff)");
  EXPECT_THAT(Found(daemon), Contains(StartsWith("staff/")));
}

TEST(CheckTest, NamesADevicePlannedInNoLiveWave) {
  Daemon daemon;
  Fill(daemon);
  Alter(daemon,
        "UPDATE placements SET wave = 9999 WHERE asset_tag = "
        "(SELECT max(asset_tag) FROM placements WHERE state = 2)");
  EXPECT_THAT(Found(daemon), Contains(StartsWith("rollouts/face2025/placements/")));
  EXPECT_THAT(Check(daemon).out, HasSubstr(" 9999"));
}

TEST(CheckTest, NamesADeviceThatLookUpDoesNotFind) {
  Daemon daemon;
  ImportSampleWard(daemon);
  Alter(daemon, "DELETE FROM search_keys WHERE tier = 1 AND key = 'TSM-00123'");
  EXPECT_THAT(Found(daemon), Contains("devices/TSM-00123"));
}

TEST(CheckTest, NamesSearchKeysTooMany) {
  Daemon daemon;
  ImportSampleWard(daemon);
  Alter(daemon,
        "INSERT INTO search_keys (tier, key, asset_tag, field) VALUES (1, 'X', 'TSM-00123', 1)");
  EXPECT_THAT(Found(daemon), ::testing::ElementsAre("")) << "of the file, not of a record";
}

TEST(CheckTest, NamesAKeptCountOfDevicesThatIsWrong) {
  Daemon daemon;
  Fill(daemon);
  Alter(daemon, "UPDATE placement_counts SET count = count + 1 WHERE wave = 1");
  EXPECT_THAT(Found(daemon), ::testing::Each("rollouts/face2025"));
  EXPECT_FALSE(Found(daemon).empty());
}

TEST(CheckTest, SaysThatThereIsNoDatabaseAndMakesNone) {
  const TemporaryFolder folder;
  const ProgramResult result = RunProgram({KIRIKAED, "check", "--state-dir", folder.path()});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr(folder.path()));
  EXPECT_EQ(ReadFile(folder / "kirikae.db"), "");
}

TEST(CheckTest, LeavesANewerSchemaAlone) {
  Daemon daemon;
  daemon.Stop();
  {
    SQLite::Database database(daemon.folder() / "kirikae.db", SQLite::OPEN_READWRITE);
    database.exec("PRAGMA user_version = 9999");
  }
  const ProgramResult result = Check(daemon);
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("9999"));
}

}  // namespace
}  // namespace kirikae::testing
