// The proof of the record through the daemon, the command line and the offline check.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/daemon.h"
#include "tests/support/small_ward.h"

namespace kirikae::testing {
namespace {

namespace fs = std::filesystem;

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class AuditTest : public ::testing::Test {
 protected:
  // A checkpoint of now, kept as a file; its path.
  std::string KeepCheckpoint(const std::string& name) {
    const std::string path = kept_ / name;
    const ProgramResult made = daemon_.Run({"audit", "checkpoint", "--to", path});
    EXPECT_EQ(made.exit_code, 0) << made.err;
    return path;
  }
  std::string Export() {
    const std::string path = kept_ / "record.jsonl";
    const ProgramResult made = daemon_.Run({"audit", "export", "--to", path});
    EXPECT_EQ(made.exit_code, 0) << made.err;
    return path;
  }
  void Write() {
    static int number = 0;
    const ProgramResult made =
        daemon_.Run({"calendar", "set", "2025-05-0" + std::to_string(++number % 9 + 1), "--closed",
                     "--reason", "test " + std::to_string(number)});
    EXPECT_EQ(made.exit_code, 0) << made.err;
  }
  nlohmann::json Verify(const std::vector<std::string>& files, int exit_code) {
    std::vector<std::string> args = {"audit", "verify", "-o", "json"};
    for (const std::string& file : files) args.insert(args.end(), {"--against", file});
    const ProgramResult verified = daemon_.Run(args);
    EXPECT_EQ(verified.exit_code, exit_code) << verified.err << verified.out;
    return nlohmann::json::parse(verified.out);
  }
  ProgramResult CheckOffline(const std::string& exported, const std::vector<std::string>& files) {
    std::vector<std::string> args = {KIRIKAED,
                                     "check",
                                     "--audit",
                                     exported,
                                     "--audit-public-key",
                                     daemon_.folder() / "audit.pub"};
    for (const std::string& file : files) args.insert(args.end(), {"--against", file});
    return RunProgram(args);
  }

  Daemon daemon_;
  TemporaryFolder kept_;
};

TEST_F(AuditTest, ARecordThatOnlyGrewAgreesWithEachKeptCheckpoint) {
  ImportSampleWard(daemon_);
  const std::string first = KeepCheckpoint("first");
  Write();
  const std::string second = KeepCheckpoint("second");
  Write();
  const nlohmann::json report = Verify({first, second}, 0);
  EXPECT_EQ(report["intact"], true);
  EXPECT_EQ(report["checkpoints"], 2);
  const ProgramResult checked = CheckOffline(Export(), {first, second});
  EXPECT_EQ(checked.exit_code, 0) << checked.out << checked.err;
  EXPECT_THAT(checked.out, HasSubstr("against 2 checkpoints"));
  // The note has the three lines of a checkpoint and a signature by the record's own name.
  const std::vector<std::string> lines = LinesOf(ReadFile(first));
  ASSERT_THAT(lines, SizeIs(5));
  EXPECT_EQ(lines[0].substr(0, 8), "kirikae/");
  EXPECT_THAT(lines[4], HasSubstr(lines[0] + " "));
}

TEST_F(AuditTest, ARecordThatIsNotTheKeptOneIsNamedAsForkedOrCutOff) {
  Write();
  daemon_.Stop();
  const TemporaryFolder before;
  fs::copy(daemon_.folder().path(), before.path(), fs::copy_options::recursive);
  daemon_.Start();
  Write();
  Write();
  const std::string kept = KeepCheckpoint("kept");
  daemon_.Stop();
  // Somebody puts the older files back, and goes on.
  for (const char* name : {"kirikae.db", "head"}) {
    fs::copy_file(before / name, daemon_.folder() / name, fs::copy_options::overwrite_existing);
  }
  daemon_.Start();
  nlohmann::json report = Verify({kept}, 1);
  EXPECT_EQ(report["findings"][0]["fault"], "AUDIT_FAULT_CUT_OFF");
  EXPECT_EQ(CheckOffline(Export(), {kept}).exit_code, 1);
  for (int i = 0; i < 4; ++i) Write();
  report = Verify({kept}, 1);
  EXPECT_EQ(report["findings"][0]["fault"], "AUDIT_FAULT_FORKED");
  const ProgramResult checked = CheckOffline(Export(), {kept});
  EXPECT_EQ(checked.exit_code, 1);
  EXPECT_THAT(checked.out, HasSubstr("is not the one that"));
}

TEST_F(AuditTest, WhatIsNoCheckpointIsNamed) {
  std::ofstream(kept_ / "none") << "no checkpoint\n";
  EXPECT_EQ(Verify({kept_ / "none"}, 1)["findings"][0]["fault"], "AUDIT_FAULT_UNREADABLE");
  EXPECT_EQ(CheckOffline(Export(), {kept_ / "missing"}).exit_code, 1);
  EXPECT_EQ(daemon_.Run({"audit", "verify", "--against", kept_ / "missing"}).exit_code, 2);
}

// A rollout's file of a megabyte makes a line that is longer than a message may be.
TEST_F(AuditTest, ALongLineIsExportedWhole) {
  std::string yaml =
      "rollout: long\nfrom: IC_CARD_AND_PASSWORD\nto: FACE_AND_PASSWORD\n"
      "phases: [ { id: all, select: \"\" } ]\n"
      "teams: [ { id: a, devices_per_slot: 10 } ]\n";
  for (int i = 0; yaml.size() < 1'000'000; ++i) {
    yaml += "# 行 " + std::to_string(i) + " " + std::string(60, '\\') + "\n";
  }
  for (const char* const change : {"", "# 二\n", "# 三\n"}) {
    std::ofstream(kept_ / "long.yaml", std::ios::trunc) << yaml << change;
    const ProgramResult applied = daemon_.Run({"rollout", "apply", "-f", kept_ / "long.yaml"});
    ASSERT_EQ(applied.exit_code, 0) << applied.err;
  }
  const ProgramResult checked = CheckOffline(Export(), {KeepCheckpoint("kept")});
  EXPECT_EQ(checked.exit_code, 0) << checked.out << checked.err;
}

TEST_F(AuditTest, AnAlteredExportIsNamedOffline) {
  Write();
  const std::string exported = Export();
  std::string text = ReadFile(exported);
  const size_t at = text.find("FIRST_START");
  ASSERT_NE(at, std::string::npos);
  text[at] = 'f';
  std::ofstream(exported, std::ios::trunc) << text;
  const ProgramResult checked = CheckOffline(exported, {});
  EXPECT_EQ(checked.exit_code, 1);
  EXPECT_THAT(checked.out, HasSubstr("changeSets/1: "));
}

TEST(Checkpoints, AreKeptAtApprovalsAndAtTheStopAlsoAsFiles) {
  const TemporaryFolder folder;
  Daemon daemon({"--now", kTestDay, "--allow-self-approval", "--checkpoints", folder.path()});
  ImportSampleWard(daemon);
  ApproveSamplePlan(daemon);
  const auto count = [&] {
    return std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator());
  };
  for (int i = 0; i < 200 && count() == 0; ++i) daemon.Run({"whoami"});
  EXPECT_EQ(count(), 1) << "of the approval";
  EXPECT_EQ(daemon.Run({"calendar", "set", "2025-05-07", "--closed", "--reason", "x"}).exit_code,
            0);
  EXPECT_EQ(daemon.Stop().exit_code, 0);
  EXPECT_EQ(count(), 2) << "and of the stop";
  daemon.Start();
  const auto listed = nlohmann::json::parse(daemon.Run({"audit", "checkpoints", "-o", "json"}).out);
  EXPECT_EQ(listed["checkpoints"].size(), 2U);
  std::vector<std::string> args = {"audit", "verify"};
  for (const auto& entry : fs::directory_iterator(folder.path())) {
    args.insert(args.end(), {"--against", entry.path()});
  }
  EXPECT_EQ(daemon.Run(args).exit_code, 0);
}

TEST(Checkpoints, AreSignedByTheKeyThatIsNamed) {
  const TemporaryFolder folder;
  const std::string key = folder / "key";
  Daemon daemon({"--now", kTestDay, "--audit-key", key});
  const std::string pub = ReadFile(daemon.folder() / "audit.pub");
  EXPECT_FALSE(fs::exists(daemon.folder() / "audit.key"));
  const auto checkpoint =
      nlohmann::json::parse(daemon.Run({"audit", "checkpoint", "-o", "json"}).out);
  EXPECT_EQ(checkpoint["publicKey"].get<std::string>() + "\n", pub);
  daemon.Stop();
  // The record tells which keys signed it.
  daemon.Start({"--now", kTestDay});
  EXPECT_NE(ReadFile(daemon.folder() / "audit.pub"), pub);
  const ProgramResult acts = daemon.Run({"change", "list", "--act", "USE_AUDIT_KEY", "-o", "json"});
  EXPECT_EQ(nlohmann::json::parse(acts.out)["changeSets"].size(), 1U) << acts.out;
}

TEST(Checkpoints, ADirectoryThatIsNotThereIsRefusedAtTheStart) {
  const TemporaryFolder folder;
  const ProgramResult refused = RunProgram({KIRIKAED, "--state-dir", folder / "state", "--listen",
                                            "127.0.0.1:0", "--checkpoints", folder / "none"});
  EXPECT_NE(refused.exit_code, 0);
  EXPECT_THAT(refused.err, HasSubstr("for checkpoints"));
}

TEST(Checkpoints, AKeyThatOthersCanReadIsRefused) {
  const TemporaryFolder folder;
  const std::string key = folder / "key";
  { const Daemon daemon({"--now", kTestDay, "--audit-key", key}); }
  fs::permissions(key, fs::perms(0644));
  const TemporaryFolder other;
  const ProgramResult refused = RunProgram(
      {KIRIKAED, "--state-dir", other.path(), "--listen", "127.0.0.1:0", "--audit-key", key});
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_THAT(refused.err, HasSubstr("chmod 600"));
  fs::permissions(key, fs::perms(0600));
  std::ofstream(key, std::ios::trunc) << "no key\n";
  EXPECT_EQ(RunProgram({KIRIKAED, "--state-dir", other.path(), "--listen", "127.0.0.1:0",
                        "--audit-key", key})
                .exit_code,
            1);
}

}  // namespace
}  // namespace kirikae::testing
