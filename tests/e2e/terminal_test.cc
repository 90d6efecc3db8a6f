// What a person sees on a terminal: interactive look-up, live watch, scanning.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/daemon.h"
#include "tests/support/terminal.h"

namespace kirikae::testing {
namespace {

using ::testing::HasSubstr;

class OnTerminal : public ::testing::Test {
 protected:
  void SetUp() override {
    ImportSampleWard(daemon_);
    ApproveSamplePlan(daemon_);
    daemon_.Stop();
    daemon_.Start({"--now", "2025-04-07T09:00:00+09:00", "--allow-self-approval"});
  }

  std::vector<std::string> Kirikae(const std::vector<std::string>& args) const {
    std::vector<std::string> all = {KIRIKAE, "--server", daemon_.address(), "--token-file",
                                    daemon_.token_file()};
    all.insert(all.end(), args.begin(), args.end());
    return all;
  }

  const std::vector<std::string> environment_ = {"LC_ALL=C.UTF-8", "TZ=Asia/Tokyo", "TERM=xterm"};
  Daemon daemon_;
};

TEST_F(OnTerminal, TheLookUpAsksUntilAnEmptyLine) {
  Terminal terminal(Kirikae({"lookup"}), environment_);
  ASSERT_TRUE(terminal.WaitFor("> "));
  terminal.Send("00021\n");
  EXPECT_TRUE(terminal.WaitFor("TSM-00021  TSMPC00021"));
  ASSERT_TRUE(terminal.WaitFor("> "));
  terminal.Send("no such thing\n");
  ASSERT_TRUE(terminal.WaitFor("> ")) << "a mistake ends nothing: " << terminal.shown();
  terminal.Send("ﾀｶﾊｼ\n");
  EXPECT_TRUE(terminal.WaitFor("TSMPC"));
  ASSERT_TRUE(terminal.WaitFor("> "));
  terminal.Send("\n");
  EXPECT_EQ(terminal.Wait(), 0);
}

TEST_F(OnTerminal, TheWatchShowsTheProgressAndWhatHappens) {
  Terminal terminal(Kirikae({"rollout", "watch"}), environment_);
  ASSERT_TRUE(terminal.WaitFor("Ctrl-C"));
  EXPECT_THAT(terminal.shown(), HasSubstr("政策経営部で"));
  ASSERT_EQ(daemon_.Run({"mark", "migrated", "TSM-00021"}).exit_code, 0);
  EXPECT_TRUE(terminal.WaitFor("MARK_MIGRATED  placements/TSM-00021  DUE -> MIGRATED"))
      << terminal.shown();
  terminal.Send("\x03");
  EXPECT_EQ(terminal.Wait(), 130);
}

TEST_F(OnTerminal, AScannerGetsAnAnswerALine) {
  Terminal terminal(Kirikae({"mark", "migrated", "--scan"}), environment_);
  // The input is echoed; an answer has the tag and more text after it.
  terminal.Send("TSM-00021\n");
  EXPECT_TRUE(terminal.WaitFor("TSM-00021  ")) << terminal.shown();
  terminal.Send("TSM-99999\n");
  EXPECT_TRUE(terminal.WaitFor("TSM-99999: ")) << terminal.shown();
  terminal.Send("TSM-00022\n");
  EXPECT_TRUE(terminal.WaitFor("TSM-00022  ")) << terminal.shown();
  terminal.Send("\x04");
  EXPECT_EQ(terminal.Wait(), 3) << "one was refused";
  EXPECT_EQ(
      daemon_.Run({"device", "list", "--filter", "placement.state = MIGRATED", "-o", "name"}).out,
      "devices/TSM-00021\ndevices/TSM-00022\n");
}

}  // namespace
}  // namespace kirikae::testing
