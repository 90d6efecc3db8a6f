// Summaries before lists, differences before changes, and what a person or an auditor looks back
// at.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "kirikae/v1/audit_service.pb.h"
#include "kirikae/v1/inventory_service.pb.h"
#include "kirikae/v1/planning_service.pb.h"
#include "tests/support/answer.h"
#include "tests/support/daemon.h"
#include "tests/support/small_ward.h"

namespace kirikae::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class Summaries : public ::testing::Test {
 protected:
  Summaries() {
    ImportSampleWard(daemon_);
    ApproveSamplePlan(daemon_);
  }

  Daemon daemon_;
};

TEST_F(Summaries, APlanIsSummedUpAndItsBlockedAndLeftOutDevicesAreListedByCommandsOfTheirOwn) {
  const auto plan = Answer<v1::Plan>(daemon_, {"plan", "show", "1"});
  ASSERT_GT(plan.blocked_count(), 0);
  const std::string shown = daemon_.Run({"plan", "show", "1"}).out;
  EXPECT_THAT(shown, HasSubstr(std::to_string(plan.blocked_count()) + " devices are blocked"));
  EXPECT_THAT(shown, HasSubstr("kirikae plan blocked face2025/1"));
  EXPECT_THAT(shown, Not(HasSubstr(plan.blocked(0).asset_tag())));
  EXPECT_LE(LinesOf(shown).size(), 24U);
  EXPECT_EQ(LinesOf(daemon_.Run({"plan", "blocked", "1", "-o", "name"}).out).size(),
            static_cast<size_t>(plan.blocked_count()));
  const auto blocked = Answer<v1::Plan>(daemon_, {"plan", "blocked", "face2025/1"});
  EXPECT_EQ(blocked.blocked_size(), plan.blocked_count());
  EXPECT_FALSE(blocked.has_solution());
}

TEST_F(Summaries, DevicesThatAPlanLeavesOutAreCountedByReasonAndListed) {
  // From this day on the calendar is too short for all devices.
  const std::string made = daemon_.Run({"plan", "create", "--first-day", "2026-03-25"}).out;
  const auto plan = Answer<v1::Plan>(daemon_, {"plan", "show", "2"});
  ASSERT_GT(plan.left_count(), 0);
  EXPECT_THAT(made, HasSubstr(std::to_string(plan.left_count()) + " devices are left out"));
  EXPECT_THAT(made, HasSubstr("kirikae plan left face2025/2"));
  const auto left = Answer<v1::PlanSolution>(daemon_, {"plan", "left", "2"});
  EXPECT_EQ(left.left_size(), plan.left_count());
  EXPECT_GT(left.left(0).reasons_size(), 0);
}

TEST_F(Summaries, ApplyingARolloutShowsTheLinesThatDiffer) {
  const TemporaryFolder folder;
  std::string yaml = ReadFile(KIRIKAE_SOURCE_FOLDER "/deploy/samples/rollout.yaml");
  yaml.replace(yaml.find("visit_minutes: 30"), 17, "visit_minutes: 45");
  WriteFile(folder / "rollout.yaml", yaml);
  const ProgramResult applied =
      daemon_.Run({"rollout", "apply", "-f", folder / "rollout.yaml", "--yes"});
  EXPECT_EQ(applied.exit_code, 0) << applied.err;
  int removed = 0;
  int added = 0;
  for (const std::string& line : LinesOf(applied.out)) {
    removed +=
        line.starts_with("- ") && line.find("visit_minutes: 30") != std::string::npos ? 1 : 0;
    added += line.starts_with("+ ") && line.find("visit_minutes: 45") != std::string::npos ? 1 : 0;
  }
  EXPECT_EQ(removed, 1) << applied.out;
  EXPECT_EQ(added, 1) << applied.out;
  EXPECT_THAT(applied.out, Not(HasSubstr("rollout: face2025\n")))
      << "lines far from it are left out";
}

TEST_F(Summaries, ADryRunSaysThatNothingWasWritten) {
  const auto before = NewestChange(daemon_);
  const ProgramResult dry =
      daemon_.Run({"device", "update", "TSM-00001", "--set", "floor=9階", "--dry-run"});
  EXPECT_THAT(dry.err, HasSubstr("nothing was written"));
  EXPECT_EQ(NewestChange(daemon_), before);
  EXPECT_THAT(daemon_.Run({"device", "show", "TSM-00001", "--dry-run"}).err, IsEmpty())
      << "a command that never writes says nothing";
}

TEST_F(Summaries, TheNextStepIsSuggestedOnceAndOnlyToPeople) {
  const auto suggestions = [](const std::string& text) {
    size_t count = 0;
    for (size_t at = text.find("Next: "); at != std::string::npos;
         at = text.find("Next: ", at + 1)) {
      ++count;
    }
    return count;
  };
  const ProgramResult made = daemon_.Run({"plan", "create"});
  EXPECT_EQ(suggestions(made.err), 1U);
  EXPECT_THAT(made.err, HasSubstr("kirikae plan submit face2025/2"));
  EXPECT_THAT(daemon_.Run({"plan", "submit", "2"}).err,
              HasSubstr("kirikae plan approve face2025/2"));
  EXPECT_EQ(suggestions(daemon_.Run({"plan", "create", "-o", "json"}).err), 0U);
  EXPECT_EQ(suggestions(daemon_.Run({"plan", "create", "-o", "name"}).err), 0U);
}

TEST_F(Summaries, TheHistoryOfAPersonHasEachChangeWithWhoAndWhy) {
  Succeed(daemon_, {"staff", "update", "0100100", "--set", "title=係長", "--reason", "異動"});
  const auto history =
      Answer<v1::ListDeviceHistoryResponse>(daemon_, {"staff", "history", "0100100"});
  ASSERT_GT(history.entries_size(), 1);
  EXPECT_EQ(history.entries(0).field(), "title");
  EXPECT_EQ(history.entries(0).new_value(), "係長");
  EXPECT_EQ(history.entries(0).reason(), "異動");
  EXPECT_EQ(history.entries(0).actor(), "admin");
  EXPECT_THAT(Try(daemon_, {"staff", "history", "9999999"}), Fails(3, "STAFF_NOT_FOUND"));
}

TEST_F(Summaries, ChangesOfARangeOfTimeAreListed) {
  MoveClock(daemon_, "2025-04-03T10:00:00+09:00");
  Succeed(daemon_, {"device", "update", "TSM-00001", "--set", "floor=9階"});
  MoveClock(daemon_, "2025-04-05T10:00:00+09:00");
  Succeed(daemon_, {"device", "update", "TSM-00001", "--set", "floor=8階"});
  const auto count = [&](std::vector<std::string> range) {
    range.insert(range.begin(), {"change", "list", "--act", "UPDATE_DEVICE"});
    return Answer<v1::ListChangeSetsResponse>(daemon_, range).change_sets_size();
  };
  EXPECT_EQ(count({}), 2);
  EXPECT_EQ(count({"--since", "2025-04-04"}), 1);
  EXPECT_EQ(count({"--until", "2025-04-04"}), 1);
  EXPECT_EQ(count({"--since", "2025-04-03", "--until", "2025-04-05"}), 2);
  EXPECT_EQ(count({"--since", "2025-04-03 11:00", "--until", "2025-04-05 09:00"}), 0);
  EXPECT_THAT(Try(daemon_, {"change", "list", "--since", "soon"}), Fails(2, "USAGE"));
}

TEST_F(Summaries, AHashThatWasKeptIsFoundAgainAndAnotherIsNot) {
  const auto kept = Answer<v1::VerifyAuditLogResponse>(daemon_, {"audit", "verify"}).head_hash();
  Succeed(daemon_, {"device", "update", "TSM-00001", "--set", "floor=9階"});
  const ProgramResult found = daemon_.Run({"audit", "verify", "--expect", kept});
  EXPECT_EQ(found.exit_code, 0) << found.err;
  EXPECT_THAT(found.err, HasSubstr("1 change set is newer"));
  std::string other = kept;
  other[0] = other[0] == '0' ? '1' : '0';
  const ProgramResult missing = daemon_.Run({"audit", "verify", "--expect", other, "-o", "json"});
  EXPECT_EQ(OutcomeOf(missing).reason, "HASH_NOT_FOUND");
  EXPECT_EQ(missing.exit_code, 1);
  EXPECT_THAT(Try(daemon_, {"audit", "verify", "--expect", "abc"}), Fails(2, "USAGE"));
}

TEST_F(Summaries, AMarkFromAFileNamesWhatItTook) {
  MoveClock(daemon_, "2025-04-07T16:00:00+09:00");
  const auto tags = LinesOf(daemon_.Run({"due", "-o", "name"}).out);
  ASSERT_GT(tags.size(), 2U);
  const TemporaryFolder folder;
  WriteFile(folder / "tags.txt", tags[0] + "\n" + tags[1] + "\n" + tags[0] + "\n");
  const ProgramResult marked =
      daemon_.Run({"mark", "migrated", "--file", folder / "tags.txt", "--partial"});
  EXPECT_EQ(marked.exit_code, 0) << marked.err;
  EXPECT_THAT(marked.err, HasSubstr("Read 3 tags: " + tags[0]));
  EXPECT_THAT(marked.err, HasSubstr("1 of them stands there more than once"));
}

TEST_F(Summaries, AWaveIsShownWithEachDevicesState) {
  MoveClock(daemon_, "2025-04-07T16:00:00+09:00");
  const auto tags = LinesOf(daemon_.Run({"wave", "show", "1", "-o", "name"}).out);
  ASSERT_GT(tags.size(), 2U);
  Succeed(daemon_, {"mark", "failed", tags[0], "--cause", "CAMERA_FAULT"});
  int failed = 0;
  int due = 0;
  for (const std::string& line : LinesOf(daemon_.Run({"wave", "show", "1"}).out)) {
    if (line.starts_with(tags[0] + "  failed")) ++failed;
    if (line.starts_with(tags[1] + "  due")) ++due;
  }
  EXPECT_EQ(failed, 1);
  EXPECT_EQ(due, 1);
}

}  // namespace
}  // namespace kirikae::testing
