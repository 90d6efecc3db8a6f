// What a store refuses to lose: the head beside the database, beginnings, locks, disks that can't
// be written, hashes of what no history covers, backups.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "service/domain/error_detail.h"
#include "service/domain/text_hash.h"
#include "service/store/sqlite/backup.h"
#include "service/store/sqlite/check.h"
#include "service/store/sqlite/still_file.h"
#include "tests/store/store_fixture.h"

namespace kirikae::store {
namespace {

namespace fs = std::filesystem;

using ::testing::IsEmpty;
using ::testing::Not;

std::string ReasonOf(const absl::Status& status) {
  const auto detail = domain::DetailOf(status);
  return detail.has_value() ? detail->reason : std::string(status.message());
}

class Keeping : public StoreFixture {
 protected:
  static domain::Staff NewStaff(const std::string& number) {
    domain::Staff staff;
    staff.staff_number = number;
    staff.name = "山田";
    return staff;
  }
  void WriteStaff(const std::string& number) {
    ASSERT_TRUE(Submit(NewWrite({NewStaff(number)})).get().ok());
  }
  std::string file() const { return folder_ / "kirikae.db"; }
  absl::Status Opened(const OpenOptions& options) { return OpenSqliteStore(options).status(); }
  OpenOptions Here() const { return {.directory = folder_.path()}; }
};

TEST_F(Keeping, ADatabaseBehindItsHeadIsRefusedUntilTheLossIsAccepted) {
  WriteStaff("A-1");
  store_.reset();
  fs::copy_file(file(), folder_ / "older.db");
  Open();
  WriteStaff("A-2");
  WriteStaff("A-3");
  store_.reset();
  fs::rename(folder_ / "older.db", file());
  const absl::Status refused = Opened(Here());
  EXPECT_EQ(ReasonOf(refused), "DATABASE_BEHIND");
  EXPECT_EQ(domain::DetailOf(refused)->metadata.at("stored"), "1");
  EXPECT_EQ(domain::DetailOf(refused)->metadata.at("head"), "3");
  EXPECT_THAT(CheckDatabase(folder_.path())->findings, Not(IsEmpty()));

  OpenOptions accepting = Here();
  accepting.accept_loss = true;
  accepting.now = absl::FromUnixSeconds(1'700'000'200);
  ASSERT_TRUE(Opened(accepting).ok());
  Open();
  ChangeSetQuery newest;
  newest.limit = 1;
  const auto sets = *Read()->ListChangeSets(newest);
  EXPECT_EQ(sets.front().act, "ACCEPT_LOSS");
  EXPECT_THAT(CheckDatabase(folder_.path())->findings, IsEmpty());
}

TEST_F(Keeping, AnotherDatabaseInItsPlaceIsRefused) {
  WriteStaff("A-1");
  store_.reset();
  const kirikae::testing::TemporaryFolder other;
  {
    auto store = *OpenSqliteStore({.directory = other.path()});
    store_ = std::move(store);
    WriteStaff("B-1");
    WriteStaff("B-2");
    store_.reset();
  }
  fs::copy_file(other / "kirikae.db", file(), fs::copy_options::overwrite_existing);
  EXPECT_EQ(ReasonOf(Opened(Here())), "DATABASE_FORKED");
}

TEST_F(Keeping, AHeadThatIsBehindOrDamagedStopsNothing) {
  WriteStaff("A-1");
  store_.reset();
  fs::copy_file(folder_ / "head", folder_ / "old.head");
  Open();
  WriteStaff("A-2");
  store_.reset();
  fs::rename(folder_ / "old.head", folder_ / "head");
  Open();
  WriteStaff("A-3");
  store_.reset();
  std::ofstream(folder_ / "head") << "id 9\nhash 00\ntime 2025-01-01T00:00:00+00:00\nsum 00\n";
  EXPECT_THAT(CheckDatabase(folder_.path())->findings, Not(IsEmpty()));
  Open();
  WriteStaff("A-4");
  store_.reset();
  EXPECT_THAT(CheckDatabase(folder_.path())->findings, IsEmpty());
}

// Once a start on a folder whose database was missing began an empty inventory.
TEST_F(Keeping, ALostDatabaseBeginsNoEmptyInventory) {
  WriteStaff("A-1");
  store_.reset();
  fs::remove(file());
  EXPECT_EQ(ReasonOf(Opened(Here())), "DATABASE_BEHIND");
  fs::remove(folder_ / "head");
  std::ofstream(folder_ / "admin.token") << "krk_\n";
  EXPECT_EQ(ReasonOf(Opened(Here())), "DIRECTORY_NOT_EMPTY");
  // An empty file is no database either.
  std::ofstream(file()).flush();
  EXPECT_EQ(ReasonOf(Opened(Here())), "DIRECTORY_NOT_EMPTY");
  OpenOptions init = Here();
  init.init = true;
  EXPECT_TRUE(Opened(init).ok());
}

TEST_F(Keeping, ALogWithoutItsFileBeginsNoEmptyInventory) {
  const kirikae::testing::TemporaryFolder folder;
  std::ofstream(folder / "kirikae.db-wal") << "what was committed";
  EXPECT_EQ(ReasonOf(Opened({.directory = folder.path()})), "DIRECTORY_NOT_EMPTY");
  EXPECT_TRUE(fs::exists(folder / "kirikae.db-wal"));
}

TEST_F(Keeping, ANewFolderMayHoldLogsAndHiddenFiles) {
  const kirikae::testing::TemporaryFolder folder;
  std::ofstream(folder / "kirikaed.log") << "started";
  std::ofstream(folder / ".keep") << "";
  EXPECT_TRUE(Opened({.directory = folder.path()}).ok());
}

TEST_F(Keeping, TheSameDatabaseUnderAnotherFolderIsOwned) {
  const kirikae::testing::TemporaryFolder other;
  fs::create_hard_link(file(), other / "kirikae.db");
  EXPECT_EQ(ReasonOf(Opened({.directory = other.path()})), "DATABASE_OWNED");
}

// A folder with the database of `from` on a disk that can't be written: nothing can be made beside
// the file, which SQLite then refuses to open in the usual way.
TEST_F(Keeping, AFileThatNobodyCanWriteIsReadAsItIs) {
  WriteStaff("A-1");
  store_.reset();
  const auto still = StillFile::Of(file());
  ASSERT_TRUE(still.ok()) << still.status();
  EXPECT_EQ((*still)->path(), file());
}

TEST_F(Keeping, AFileWithALogIsReadFromACopyThatHasBoth) {
  WriteStaff("A-1");
  WriteStaff("A-2");
  const kirikae::testing::TemporaryFolder crashed;
  for (const char* name : {"kirikae.db", "kirikae.db-wal"}) {
    fs::copy_file(folder_ / name, crashed / name);
  }
  std::string copy;
  {
    const auto still = StillFile::Of(crashed / "kirikae.db");
    ASSERT_TRUE(still.ok()) << still.status();
    copy = (*still)->path();
    EXPECT_NE(copy, crashed / "kirikae.db");
    EXPECT_EQ(CheckStillFile(copy)->change_sets, 2);
  }
  EXPECT_FALSE(fs::exists(copy));
}

TEST_F(Keeping, AnAlteredPartOfAnImportIsFound) {
  domain::ImportPreview preview;
  preview.payload = "summary";
  preview.parts =
      std::make_shared<const std::vector<std::string>>(std::vector<std::string>{"first", "second"});
  preview.parts_hash = domain::HashOfTexts(*preview.parts);
  ASSERT_TRUE(Submit(NewWrite({preview})).get().ok());
  store_.reset();
  EXPECT_THAT(CheckDatabase(folder_.path())->findings, IsEmpty());
  {
    SQLite::Database database(file(), SQLite::OPEN_READWRITE);
    ASSERT_EQ(database.exec("UPDATE import_parts SET payload = x'00' WHERE number = 1"), 1);
  }
  const auto findings = CheckDatabase(folder_.path())->findings;
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].record, "imports/1");
}

TEST_F(Keeping, AnAlteredKeptAnswerIsFound) {
  WriteRequest write = NewWrite({NewStaff("A-1")});
  write.request_id = "6f1c1a6e-6f4b-4d53-9a9c-0c6a3b0f7c11";
  ASSERT_TRUE(Submit(std::move(write)).get().ok());
  store_.reset();
  EXPECT_THAT(CheckDatabase(folder_.path())->findings, IsEmpty());
  {
    SQLite::Database database(file(), SQLite::OPEN_READWRITE);
    ASSERT_EQ(database.exec("UPDATE requests SET response = x'00'"), 1);
  }
  EXPECT_EQ(CheckDatabase(folder_.path())->findings.size(), 1U);
}

class Backups : public Keeping {
 protected:
  std::string backup() const { return folder_ / "a.backup"; }
};

TEST_F(Backups, OfAServedDatabaseIsOneWholeFile) {
  WriteStaff("A-1");
  WriteStaff("A-2");
  const auto seal = WriteBackup(folder_.path(), backup());
  ASSERT_TRUE(seal.ok()) << seal.status();
  EXPECT_EQ(seal->change_set, 2);
  struct stat info {};
  ASSERT_EQ(stat(backup().c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600U);
  EXPECT_FALSE(fs::exists(backup() + ".part"));
  // Any program that reads SQLite's files reads it as it is.
  SQLite::Database database(backup(), SQLite::OPEN_READONLY);
  EXPECT_EQ(database.execAndGet("SELECT count(*) FROM staff").getInt(), 2);

  const kirikae::testing::TemporaryFolder restored;
  ASSERT_TRUE(UnpackBackup(backup(), *ReadBackup(backup()), restored / "kirikae.db").ok());
  EXPECT_THAT(CheckDatabase(restored.path())->findings, IsEmpty());
  EXPECT_EQ(CheckDatabase(restored.path())->change_sets, 2);
}

TEST_F(Backups, CutOffOrAlteredAnywhereIsRefused) {
  WriteStaff("A-1");
  ASSERT_TRUE(WriteBackup(folder_.path(), backup()).ok());
  const std::string whole = kirikae::testing::ReadFile(backup());
  const auto reason = [&](const std::string& content) {
    std::ofstream(folder_ / "b.backup", std::ios::binary | std::ios::trunc) << content;
    return ReasonOf(ReadBackup(folder_ / "b.backup").status());
  };
  for (const size_t size : {size_t{0}, size_t{100}, whole.size() / 2, whole.size() - 1}) {
    EXPECT_EQ(reason(whole.substr(0, size)), "NOT_A_BACKUP") << size;
  }
  for (size_t at = 0; at < whole.size(); at += whole.size() / 97) {
    std::string altered = whole;
    altered[at] = static_cast<char>(altered[at] ^ 1);
    EXPECT_EQ(reason(altered), "NOT_A_BACKUP") << at;
  }
  EXPECT_EQ(reason(whole + "x"), "NOT_A_BACKUP");
}

TEST_F(Backups, OfADamagedDatabaseIsNotWritten) {
  WriteStaff("A-1");
  store_.reset();
  {
    SQLite::Database database(file(), SQLite::OPEN_READWRITE);
    ASSERT_EQ(database.exec("UPDATE staff SET title = 'X'"), 1);
  }
  EXPECT_EQ(ReasonOf(WriteBackup(folder_.path(), backup()).status()), "BACKUP_UNSOUND");
  EXPECT_FALSE(fs::exists(backup()));
  EXPECT_FALSE(fs::exists(backup() + ".part"));
}

TEST_F(Backups, WhereItCannotBeWrittenNothingIsLeft) {
  WriteStaff("A-1");
  EXPECT_FALSE(WriteBackup(folder_.path(), folder_ / "none/a.backup").ok());
  EXPECT_EQ(ReasonOf(WriteBackup(folder_ / "none", backup()).status()), "NO_DATABASE");
}

}  // namespace
}  // namespace kirikae::store
