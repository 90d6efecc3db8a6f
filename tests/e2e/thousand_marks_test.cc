// A thousand tags that are piped to the command line while the daemon is killed and started again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "kirikae/v1/migration_service.pb.h"
#include "tests/support/answer.h"
#include "tests/support/daemon.h"
#include "tests/support/small_ward.h"

namespace kirikae::testing {
namespace {

constexpr int kTags = 1000;
constexpr int kKills = 5;

constexpr char kRollout[] = R"(phases:
  - { id: p1, select: "" }
policy: { department_daily_share: 100%, minutes: { default: 1 } }
teams: [ { id: a, devices_per_slot: 1000, sites: [] } ]
calendar: { slots: [day], first_day: 2025-04-02 }
)";
constexpr char kWorkDay[] = "2025-04-02T16:00:00+09:00";

class ThousandMarks : public ::testing::Test {
 protected:
  ThousandMarks() {
    ImportDevices(daemon_, {{"A", kTags, "総務部/総務課"}});
    ApplyRollout(daemon_, kRollout);
    ApprovePlan(daemon_, 1);
    MoveClock(daemon_, kWorkDay);
    tags_ = daemon_.Run({"due", "-o", "name"}).out;
    EXPECT_EQ(LinesOf(tags_).size(), static_cast<size_t>(kTags));
    address_ = daemon_.address();
    daemon_.Kill();
    Restart();
  }

  // Starts the daemon at the same address.
  void Restart() {
    again_.reset();
    logs_ = std::make_unique<TemporaryFolder>();
    again_ = std::make_unique<Program>(
        std::vector<std::string>{KIRIKAED, "--state-dir", daemon_.folder().path(), "--listen",
                                 address_, "--now", kWorkDay, "--allow-self-approval"},
        logs_->path());
  }
  void Kill() {
    again_->Signal(SIGKILL);
    again_->Wait();
  }

  std::unique_ptr<Program> Marking(const std::vector<std::string>& args) {
    std::vector<std::string> all = {
        KIRIKAE, "--server", address_, "--token-file", daemon_.token_file(), "mark", "migrated"};
    all.insert(all.end(), args.begin(), args.end());
    return std::make_unique<Program>(all, folder_.path(),
                                     std::vector<std::string>{"LC_ALL=C.UTF-8"}, tags_);
  }
  std::string Out() const { return ReadFile(folder_ / "program.out"); }

  // Exactly a thousand devices are marked, each once.
  void ExpectEachMarkedOnce(const std::string& flags) {
    const std::vector<std::string> base = {KIRIKAE, "--server", address_, "--token-file",
                                           daemon_.token_file()};
    const auto run = [&](std::vector<std::string> args) {
      args.insert(args.begin(), base.begin(), base.end());
      const ProgramResult result = RunProgram(args, {"LC_ALL=C.UTF-8"});
      EXPECT_EQ(result.exit_code, 0) << result.err;
      return LinesOf(result.out);
    };
    // The service confirms them by itself as soon as nothing is left to do.
    EXPECT_EQ(
        run({"device", "list", "--filter", "auth_method = FACE_AND_PASSWORD", "-o", "name"}).size(),
        static_cast<size_t>(kTags));
    size_t states = 0;
    for (const std::string& line : run({"audit", "export", "--to", "-"})) {
      states += line.find(R"("new":"MIGRATED")") == std::string::npos ? 0 : 1;
    }
    EXPECT_EQ(states, static_cast<size_t>(kTags)) << flags << ": a mark was recorded twice or lost";
    run({"audit", "verify"});
  }

  Daemon daemon_;
  std::string address_;
  std::string tags_;
  TemporaryFolder folder_;
  std::unique_ptr<TemporaryFolder> logs_;
  std::unique_ptr<Program> again_;
};

TEST_F(ThousandMarks, OfAScanAreExactlyAThousandWhenTheDaemonIsKilledMeanwhile) {
  const auto scan = Marking({"--scan", "--yes", "-o", "jsonl"});
  for (int kill = 1; kill <= kKills; ++kill) {
    const size_t wanted = static_cast<size_t>(kill * kTags / (kKills + 1));
    while (LinesOf(Out()).size() < wanted) {
      ASSERT_FALSE(scan->Ended()) << ReadFile(folder_ / "program.err");
    }
    Kill();
    Restart();
  }
  const ProgramResult result = scan->Wait();
  EXPECT_EQ(result.exit_code, 0) << result.err;
  const auto lines = LinesOf(result.out);
  ASSERT_EQ(lines.size(), static_cast<size_t>(kTags));
  for (const std::string& line : lines) {
    v1::MarkResult marked;
    ReadJson(line, marked);
    EXPECT_TRUE(marked.changed()) << line;
  }
  ExpectEachMarkedOnce("--scan");
}

TEST_F(ThousandMarks, OfAListAreExactlyAThousandWhenTheDaemonIsAwayAtFirst) {
  Kill();
  const auto list = Marking({"-", "--yes", "-o", "json"});
  // More than once, the daemon is killed with the list perhaps half written.
  for (int kill = 0; kill < kKills && !list->Ended(); ++kill) {
    Restart();
    while (ReadFile(logs_->path() + "/program.err").find("serv") == std::string::npos) {
      ASSERT_FALSE(again_->Ended());
    }
    Kill();
  }
  Restart();
  const ProgramResult result = list->Wait();
  EXPECT_EQ(result.exit_code, 0) << result.err;
  v1::MarkDevicesResponse answer;
  ReadJson(result.out, answer);
  EXPECT_EQ(answer.results_size(), kTags);
  EXPECT_EQ(answer.changed() + answer.unchanged(), kTags);
  EXPECT_EQ(answer.refused(), 0);
  ExpectEachMarkedOnce("-");
}

}  // namespace
}  // namespace kirikae::testing
