// Flags, environment and file.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/daemon.h"
#include "tests/support/program.h"

namespace kirikae {
namespace {

using testing::Daemon;
using ::testing::HasSubstr;
using testing::kTestDay;
using testing::ProgramResult;
using testing::RunProgram;
using testing::TemporaryFolder;
using testing::WriteFile;

TEST(ConfigFile, IsOutweighedByEnvironmentAndFlags) {
  const TemporaryFolder folder;
  WriteFile(folder / "config.yaml",
            std::string("# settings\ntimezone: Asia/Seoul\nallow-self-approval: true\nnow: ") +
                kTestDay + "\n");
  const std::string config = folder / "config.yaml";
  const auto zone_of = [](const Daemon& daemon) {
    return daemon.Run({"whoami", "-o", "json"}).out;
  };
  {
    const Daemon daemon({"--config", config});
    EXPECT_THAT(zone_of(daemon), HasSubstr("Asia/Seoul"));
  }
  setenv("KIRIKAED_TIMEZONE", "Asia/Taipei", 1);
  {
    const Daemon daemon({"--config", config});
    EXPECT_THAT(zone_of(daemon), HasSubstr("Asia/Taipei"));
  }
  {
    const Daemon daemon({"--config", config, "--timezone", "Asia/Tokyo"});
    EXPECT_THAT(zone_of(daemon), HasSubstr("Asia/Tokyo"));
  }
  unsetenv("KIRIKAED_TIMEZONE");
}

TEST(ConfigFile, FaultsNameTheFileAndTheLine) {
  const TemporaryFolder folder;
  struct Row {
    const char* text;
    const char* said;
  };
  for (const Row& row : std::vector<Row>{{"listen: 127.0.0.1:0\nlistne: x\n", "line 2"},
                                         {"listen: [a, {b: c}]\n", "line 1"},
                                         {"- listen\n", "NAME: VALUE"},
                                         {"listen: a\nlisten: b\n", "stands there twice"},
                                         {"exception-days: many\n", "line 1"},
                                         {"accept-loss: true\n", "no setting accept-loss"},
                                         {"listen: [a\n", "not YAML"}}) {
    WriteFile(folder / "config.yaml", row.text);
    const ProgramResult result =
        RunProgram({KIRIKAED, "--state-dir", folder / "state", "--config", folder / "config.yaml"});
    EXPECT_EQ(result.exit_code, 2) << row.text;
    EXPECT_THAT(result.err, HasSubstr(row.said)) << row.text;
    EXPECT_THAT(result.err, HasSubstr("config.yaml"));
  }
  EXPECT_EQ(RunProgram({KIRIKAED, "--state-dir", folder / "state", "--config", folder / "none"})
                .exit_code,
            2);
}

TEST(MigrateCommand, SaysWhatItWouldDoAndThenDoesIt) {
  const TemporaryFolder folder;
  const auto migrate = [&](const std::vector<std::string>& flags) {
    std::vector<std::string> all = {KIRIKAED, "migrate", "--state-dir", folder.path()};
    all.insert(all.end(), flags.begin(), flags.end());
    return RunProgram(all);
  };
  EXPECT_EQ(migrate({"--dry-run"}).exit_code, 1) << "there is no database";
  std::filesystem::copy_file(KIRIKAE_SOURCE_FOLDER "/tests/store/data/schema9.db",
                             folder / "kirikae.db");
  const std::string before = testing::ReadFile(folder / "kirikae.db");
  const ProgramResult dry = migrate({"--dry-run"});
  EXPECT_EQ(dry.exit_code, 1);
  EXPECT_THAT(dry.out, HasSubstr("schema 9"));
  EXPECT_EQ(testing::ReadFile(folder / "kirikae.db"), before);
  const ProgramResult done = migrate({});
  EXPECT_EQ(done.exit_code, 0) << done.err;
  const ProgramResult nothing = migrate({"--dry-run"});
  EXPECT_EQ(nothing.exit_code, 0) << nothing.out;
  EXPECT_EQ(RunProgram({KIRIKAED, "check", "--state-dir", folder.path()}).exit_code, 0);
}

}  // namespace
}  // namespace kirikae
