// kirikaed check: sound databases pass, and each kind of damage is named.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/support/daemon.h"

namespace kirikae::testing {
namespace {

using ::testing::HasSubstr;

ProgramResult Check(const Daemon& daemon) {
  return RunProgram({KIRIKAED, "check", "--state-dir", daemon.folder().path()});
}

// Alters the file as nobody should, without the daemon.
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
  EXPECT_THAT(served.out, HasSubstr("Checked 700 devices"));
  EXPECT_THAT(served.out, HasSubstr("問題はありません"));
  daemon.Stop();
  const ProgramResult stopped = Check(daemon);
  EXPECT_EQ(stopped.exit_code, 0) << stopped.out << stopped.err;
  EXPECT_EQ(stopped.out, served.out);
}

TEST(CheckTest, NamesADeviceWhoseMethodItsHistoryDoesNotGive) {
  Daemon daemon;
  ImportSampleWard(daemon);
  Alter(daemon, "UPDATE devices SET auth_method = 2 WHERE asset_tag = 'TSM-00123'");
  const ProgramResult result = Check(daemon);
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.out, HasSubstr("devices/TSM-00123: The method is stored as "
                                    "FACE_AND_PASSWORD, but its change sets give "
                                    "'IC_CARD_AND_PASSWORD'."));
  EXPECT_THAT(result.out, HasSubstr("the database is not sound"));
}

TEST(CheckTest, NamesARecordChangedWithoutAChangeSet) {
  Daemon daemon;
  ImportSampleWard(daemon);
  Alter(daemon,
        "UPDATE staff SET name = '誰' WHERE staff_number = "
        "(SELECT min(staff_number) FROM staff)");
  const ProgramResult result = Check(daemon);
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.out, HasSubstr("The field name is stored as '誰'"));
}

TEST(CheckTest, NamesAnAlteredChangeSet) {
  Daemon daemon;
  ImportSampleWard(daemon);
  Alter(daemon, "UPDATE change_sets SET reason = reason || '!' WHERE id = 3");
  const ProgramResult result = Check(daemon);
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.out, HasSubstr("changeSets/3: The change set's hash"));
}

TEST(CheckTest, NamesAnActWithoutAnActor) {
  Daemon daemon;
  Alter(daemon, "UPDATE change_sets SET actor = ' ' WHERE id = 1");
  EXPECT_THAT(Check(daemon).out, HasSubstr("changeSets/1: The change set has no actor."));
}

TEST(CheckTest, NamesARecordRenamedBesideTheHistory) {
  Daemon daemon;
  ImportSampleWard(daemon);
  Alter(daemon,
        "UPDATE staff SET staff_number = 'X' || staff_number "
        "WHERE staff_number = (SELECT min(staff_number) FROM staff)");
  const ProgramResult result = Check(daemon);
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.out, HasSubstr("The record is not stored, but its history has not ended."));
}

TEST(CheckTest, NamesADevicePlannedInNoLiveWave) {
  Daemon daemon;
  Fill(daemon);
  Alter(daemon,
        "UPDATE placements SET wave = 9999 WHERE asset_tag = "
        "(SELECT max(asset_tag) FROM placements WHERE state = 2)");
  const ProgramResult result = Check(daemon);
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.out, HasSubstr("planned in wave 9999, which is no live wave"));
}

TEST(CheckTest, NamesADeviceThatLookUpDoesNotFind) {
  Daemon daemon;
  ImportSampleWard(daemon);
  Alter(daemon, "DELETE FROM search_keys WHERE tier = 1 AND key = 'TSM-00123'");
  const ProgramResult result = Check(daemon);
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.out, HasSubstr("devices/TSM-00123: Look-up does not find the device by "
                                    "'TSM-00123'."));
}

TEST(CheckTest, NamesSearchKeysTooMany) {
  Daemon daemon;
  ImportSampleWard(daemon);
  Alter(daemon,
        "INSERT INTO search_keys (tier, key, asset_tag, field) VALUES (1, 'X', 'TSM-00123', 1)");
  const ProgramResult result = Check(daemon);
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.out, HasSubstr("search keys are stored, but the devices have"));
}

TEST(CheckTest, SaysThatThereIsNoDatabaseAndMakesNone) {
  const TemporaryFolder folder;
  const ProgramResult result = RunProgram({KIRIKAED, "check", "--state-dir", folder.path()});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("There is no database"));
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
  EXPECT_THAT(result.err, HasSubstr("schema 9999"));
}

}  // namespace
}  // namespace kirikae::testing
