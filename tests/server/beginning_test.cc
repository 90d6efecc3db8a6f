// Where the daemon begins a new inventory, and where it refuses to.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "tests/support/daemon.h"

namespace kirikae::testing {
namespace {

namespace fs = std::filesystem;

using ::testing::HasSubstr;

TEST(BeginningTest, AMissingDatabaseBesideATokenBeginsNothing) {
  Daemon daemon;
  daemon.Stop();
  fs::remove(daemon.folder() / "kirikae.db");
  const ProgramResult behind =
      RunProgram({KIRIKAED, "--state-dir", daemon.folder().path(), "--listen", "127.0.0.1:0"});
  EXPECT_EQ(behind.exit_code, 1);
  EXPECT_THAT(behind.err, HasSubstr("--accept-loss"));
  fs::remove(daemon.folder() / "head");
  const ProgramResult refused =
      RunProgram({KIRIKAED, "--state-dir", daemon.folder().path(), "--listen", "127.0.0.1:0"});
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_THAT(refused.err, HasSubstr("--init"));
  EXPECT_TRUE(fs::exists(daemon.token_file()));
  daemon.Start({"--now", kTestDay, "--init"});
  EXPECT_EQ(daemon.Run({"whoami"}).exit_code, 0);
}

TEST(BeginningTest, AnAddressThatCannotBeServedBeginsNothing) {
  const TemporaryFolder folder;
  for (const char* flag : {"--listen", "--http"}) {
    const ProgramResult refused =
        RunProgram({KIRIKAED, "--state-dir", folder.path(), flag, "127.0.0.1:99999"});
    EXPECT_EQ(refused.exit_code, 1) << flag;
    EXPECT_THAT(refused.err, HasSubstr("65535")) << flag;
    EXPECT_TRUE(fs::is_empty(folder.path())) << flag;
  }
}

TEST(BeginningTest, ATokenIsNoReasonToBeginAWard) {
  const TemporaryFolder folder;
  const ProgramResult refused =
      RunProgram({KIRIKAED, "token", "reset", "--state-dir", folder.path()});
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_THAT(refused.err, HasSubstr("no database"));
  EXPECT_TRUE(fs::is_empty(folder.path()));
}

TEST(BeginningTest, ADirectoryThatOthersCanEnterIsClosedToThem) {
  Daemon daemon;
  daemon.Stop();
  fs::permissions(daemon.folder().path(), fs::perms(0755));
  daemon.Start();
  struct stat info {};
  ASSERT_EQ(stat(daemon.folder().path().c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0700U);
}

TEST(BeginningTest, ADirectoryForAllIsRefused) {
  const TemporaryFolder folder;
  fs::permissions(folder.path(), fs::perms(01777));
  const ProgramResult refused =
      RunProgram({KIRIKAED, "--state-dir", folder.path(), "--listen", "127.0.0.1:0"});
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_THAT(refused.err, HasSubstr("chmod 700"));
}

}  // namespace
}  // namespace kirikae::testing
