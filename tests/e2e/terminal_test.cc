// What a person sees on a terminal: interactive look-up, live watch, scanning.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "kirikae/v1/inventory_service.pb.h"
#include "kirikae/v1/planning_service.pb.h"
#include "tests/support/answer.h"
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
  EXPECT_TRUE(terminal.WaitFor("TSM-")) << terminal.shown();
  ASSERT_TRUE(terminal.WaitFor("> "));
  terminal.Send("\n");
  EXPECT_EQ(terminal.Wait(), 0);
}

TEST_F(OnTerminal, TheWatchShowsTheProgressAndWhatHappens) {
  Terminal terminal(Kirikae({"rollout", "watch"}), environment_);
  ASSERT_TRUE(terminal.WaitFor("Ctrl-C"));
  EXPECT_THAT(terminal.shown(), HasSubstr("政策経営部で"));
  ASSERT_EQ(daemon_.Run({"mark", "migrated", "TSM-00021"}).exit_code, 0);
  EXPECT_TRUE(terminal.WaitFor("marked as switched  placements/TSM-00021  due -> migrated"))
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

TEST_F(OnTerminal, ALineIsEditedBeforeItIsLookedUp) {
  Terminal terminal(Kirikae({"lookup"}), environment_);
  ASSERT_TRUE(terminal.WaitFor("> "));
  // Two wide characters and a digit are taken back; the beginning is typed last.
  terminal.Send("021髙橋9\x7f\x7f\x7f\x01TSM-00\n");
  EXPECT_TRUE(terminal.WaitFor("TSM-00021  TSMPC00021")) << terminal.shown();
  terminal.Send("\x1b[A\n");
  EXPECT_EQ(terminal.Wait(), 0) << "there is no history: what comes up is an empty line";
}

TEST_F(OnTerminal, ThePromptStandsWhenWhatIsTypedGoesToTheEditor) {
  for (int start = 0; start < 20; ++start) {
    Terminal terminal(Kirikae({"lookup"}), environment_);
    ASSERT_TRUE(terminal.WaitFor(">"));
    ASSERT_FALSE(terminal.EditsLines()) << "start " << start;
    terminal.Send("\n");
    ASSERT_EQ(terminal.Wait(), 0);
  }
}

TEST_F(OnTerminal, TheDueListStaysOnTheScreenAndFollowsTheMarks) {
  const auto due = daemon_.Run({"due", "-o", "name"}).out;
  const auto count = std::count(due.begin(), due.end(), '\n');
  ASSERT_GT(count, 2);
  Terminal terminal(Kirikae({"due", "--watch"}), environment_);
  ASSERT_TRUE(terminal.WaitFor(std::to_string(count) + " devices due"));
  ASSERT_TRUE(terminal.WaitFor("Ctrl-C"));
  ASSERT_EQ(daemon_.Run({"mark", "migrated", "TSM-00021"}).exit_code, 0);
  EXPECT_TRUE(terminal.WaitFor(std::to_string(count - 1) + " devices due")) << terminal.shown();
  terminal.Send("\x03");
  EXPECT_EQ(terminal.Wait(), 130);
}

TEST_F(OnTerminal, AnApprovalShowsWhatItApprovesAndAsks) {
  ASSERT_EQ(daemon_.Run({"plan", "create"}).exit_code, 0);
  ASSERT_EQ(daemon_.Run({"plan", "submit", "2"}).exit_code, 0);
  const auto state = [&] { return Answer<v1::Plan>(daemon_, {"plan", "show", "2"}).state(); };
  {
    Terminal terminal(Kirikae({"plan", "approve", "2"}), environment_);
    ASSERT_TRUE(terminal.WaitFor("rollouts/face2025/plans/2 will be approved."))
        << terminal.shown();
    EXPECT_THAT(terminal.shown(), HasSubstr("devices are blocked"));
    EXPECT_THAT(terminal.shown(), HasSubstr("rollouts/face2025/plans/1"));
    EXPECT_THAT(terminal.shown(), HasSubstr("総務部/総務課"));
    terminal.Send("no\n");
    EXPECT_EQ(terminal.Wait(), 2);
  }
  EXPECT_EQ(state(), v1::PLAN_STATE_SUBMITTED);
  Terminal terminal(Kirikae({"plan", "approve", "2"}), environment_);
  ASSERT_TRUE(terminal.WaitFor("Type yes"));
  terminal.Send("yes\n");
  EXPECT_EQ(terminal.Wait(), 0);
  EXPECT_EQ(state(), v1::PLAN_STATE_APPROVED);
}

TEST_F(OnTerminal, AnUndoShowsWhatItUndoesAndAsks) {
  ASSERT_EQ(daemon_.Run({"mark", "migrated", "TSM-00021"}).exit_code, 0);
  Terminal terminal(Kirikae({"change", "undo", "last"}), environment_);
  ASSERT_TRUE(terminal.WaitFor("will be undone: marked as switched")) << terminal.shown();
  EXPECT_THAT(terminal.shown(), HasSubstr("TSM-00021 (face2025)"));
  EXPECT_THAT(terminal.shown(), HasSubstr("face + password"));
  terminal.Send("yes\n");
  EXPECT_EQ(terminal.Wait(), 0);
  EXPECT_EQ(Answer<v1::Device>(daemon_, {"device", "show", "TSM-00021"}).auth_method(),
            v1::AUTH_METHOD_IC_CARD_AND_PASSWORD);
}

}  // namespace
}  // namespace kirikae::testing
