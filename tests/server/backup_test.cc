// kirikaed backup and restore.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/daemon.h"
#include "tests/support/small_ward.h"

namespace kirikae::testing {
namespace {

namespace fs = std::filesystem;

using ::testing::HasSubstr;

ProgramResult Backup(const Daemon& daemon, const std::string& to,
                     const std::vector<std::string>& more = {}) {
  std::vector<std::string> args = {KIRIKAED, "backup", "--state-dir", daemon.folder().path(),
                                   "--to",   to};
  args.insert(args.end(), more.begin(), more.end());
  return RunProgram(args);
}

ProgramResult Restore(const std::string& from, const std::string& folder,
                      const std::vector<std::string>& more = {}) {
  std::vector<std::string> args = {KIRIKAED, "restore", "--from", from, "--state-dir", folder};
  args.insert(args.end(), more.begin(), more.end());
  return RunProgram(args);
}

void Write(const Daemon& daemon, int day) {
  const ProgramResult made = daemon.Run(
      {"calendar", "set", "2025-05-" + std::to_string(10 + day), "--closed", "--reason", "test"});
  ASSERT_EQ(made.exit_code, 0) << made.err;
}

TEST(BackupTest, ABackupUnderLoadIsRestoredWholeAndServed) {
  const TemporaryFolder folder;
  Daemon daemon;
  ImportSampleWard(daemon);
  std::thread load([&] {
    for (int day = 0; day < 10; ++day) Write(daemon, day);
  });
  const ProgramResult made = Backup(daemon, folder / "one.backup");
  load.join();
  ASSERT_EQ(made.exit_code, 0) << made.err;
  EXPECT_THAT(made.out, HasSubstr("was checked"));
  const ProgramResult restored = Restore(folder / "one.backup", folder / "state");
  ASSERT_EQ(restored.exit_code, 0) << restored.err;
  const ProgramResult checked = RunProgram({KIRIKAED, "check", "--state-dir", folder / "state"});
  EXPECT_EQ(checked.exit_code, 0) << checked.out;
  EXPECT_THAT(checked.out, HasSubstr("Checked 700 devices"));

  // The daemon goes on from it with the tokens of that time.
  const std::string token = daemon.admin_token();
  daemon.Stop();
  fs::remove_all(daemon.folder().path());
  fs::rename(folder / "state", daemon.folder().path());
  daemon.Start();
  const ProgramResult listed =
      daemon.RunAs(token, {"change", "list", "--act", "RESTORE_BACKUP", "-o", "name"});
  EXPECT_EQ(LinesOf(listed.out).size(), 1U) << listed.err;
}

TEST(BackupTest, ADirectoryKeepsTheNewest) {
  const TemporaryFolder folder;
  const Daemon daemon;
  for (int i = 0; i < 4; ++i) {
    const ProgramResult made = Backup(daemon, folder.path(), {"--keep", "2"});
    ASSERT_EQ(made.exit_code, 0) << made.err;
  }
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()), 2);
}

TEST(BackupTest, ABackupOlderThanACheckpointIsRefusedUnlessTheLossIsAccepted) {
  const TemporaryFolder folder;
  const Daemon daemon;
  const std::string backup = folder / "one.backup";
  ASSERT_EQ(Backup(daemon, backup).exit_code, 0);
  Write(daemon, 1);
  const std::string kept = folder / "kept";
  ASSERT_EQ(daemon.Run({"audit", "checkpoint", "--to", kept}).exit_code, 0);
  const ProgramResult refused = Restore(backup, folder / "state", {"--against", kept});
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_THAT(refused.err, HasSubstr("--accept-loss"));
  EXPECT_TRUE(fs::is_empty(folder / "state"));
  const ProgramResult accepted =
      Restore(backup, folder / "state", {"--against", kept, "--accept-loss"});
  EXPECT_EQ(accepted.exit_code, 0) << accepted.err;
}

TEST(BackupTest, ABackupOfAnotherRecordIsRefused) {
  const TemporaryFolder folder;
  const Daemon daemon;
  const Daemon other;
  Write(other, 1);
  ASSERT_EQ(Backup(other, folder / "other.backup").exit_code, 0);
  ASSERT_EQ(daemon.Run({"audit", "checkpoint", "--to", folder / "kept"}).exit_code, 0);
  EXPECT_EQ(Restore(folder / "other.backup", folder / "state",
                    {"--against", folder / "kept", "--accept-loss"})
                .exit_code,
            1);
  EXPECT_TRUE(fs::is_empty(folder / "state"));
}

TEST(BackupTest, ItIsPutOnlyIntoAnEmptyDirectory) {
  const TemporaryFolder folder;
  const Daemon daemon;
  ASSERT_EQ(Backup(daemon, folder / "one.backup").exit_code, 0);
  const std::string before = ReadFile(daemon.folder() / "kirikae.db");
  const ProgramResult refused = Restore(folder / "one.backup", daemon.folder().path());
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_THAT(refused.err, HasSubstr("empty directory"));
  EXPECT_EQ(ReadFile(daemon.folder() / "kirikae.db"), before);
}

TEST(BackupTest, WhatIsNoWholeBackupIsRefused) {
  const TemporaryFolder folder;
  const Daemon daemon;
  ASSERT_EQ(Backup(daemon, folder / "one.backup").exit_code, 0);
  fs::resize_file(folder / "one.backup", fs::file_size(folder / "one.backup") - 1);
  const ProgramResult refused = Restore(folder / "one.backup", folder / "state");
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_THAT(refused.err, HasSubstr("no whole backup"));
  EXPECT_EQ(Restore(folder / "missing", folder / "state").exit_code, 1);
  EXPECT_EQ(Backup(daemon, folder / "no/such/one.backup").exit_code, 1);
}

}  // namespace
}  // namespace kirikae::testing
