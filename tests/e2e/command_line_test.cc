// What people and scripts give the command line, and what it says.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "kirikae/v1/audit_service.pb.h"
#include "kirikae/v1/calendar_service.pb.h"
#include "kirikae/v1/import_service.pb.h"
#include "kirikae/v1/inventory_service.pb.h"
#include "kirikae/v1/migration_service.pb.h"
#include "tests/support/answer.h"
#include "tests/support/daemon.h"
#include "tests/support/small_ward.h"

namespace kirikae::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr char kRollout[] = R"(phases:
  - { id: p1, select: 'department : "総務部"', gate: { success_rate: 90%, minimum_sample: 3 } }
  - { id: p2, select: "", not_before: 2025-05-12, gate: { success_rate: 90%, minimum_sample: 3 } }
policy: { department_daily_share: 100%, minutes: { default: 20 } }
teams: [ { id: a, minutes_per_slot: 210, sites: [] } ]
calendar: { slots: [day], first_day: 2025-04-02 }
)";

// Four devices of phase p1, due on 2 April, and two of p2, which waits. It is the afternoon.
class CommandLine : public ::testing::Test {
 protected:
  CommandLine() {
    ImportDevices(daemon_, {{"A", 4, "総務部/総務課"}, {"B", 2, "税務部/課税課"}});
    ApplyRollout(daemon_, kRollout);
    ApprovePlan(daemon_, 1);
    MoveClock(daemon_, "2025-04-02T16:00:00+09:00");
  }

  // Runs kirikae through a shell, `$K` being the program and its connection.
  ProgramResult Shell(const std::string& script,
                      const std::vector<std::string>& environment = {}) const {
    std::vector<std::string> all = {"LC_ALL=C.UTF-8", "K=" + std::string(KIRIKAE),
                                    "KIRIKAE_SERVER=" + daemon_.address(),
                                    "KIRIKAE_TOKEN_FILE=" + daemon_.token_file()};
    all.insert(all.end(), environment.begin(), environment.end());
    return RunProgram({"/bin/bash", "-c", script}, all);
  }
  std::string StateOf(const std::string& tag) const {
    return v1::PlacementState_Name(Answer<v1::LookupDevicesResponse>(daemon_, {"lookup", tag})
                                       .matches(0)
                                       .card()
                                       .placement_state());
  }

  Daemon daemon_;
};

TEST_F(CommandLine, TimesTakeTheFormsOfPeople) {
  const std::vector<std::pair<std::string, std::string>> marks = {{"A-01", "15:00"},
                                                                  {"A-02", "4/2 15:00"},
                                                                  {"A-03", "2025-04-02 15:00"},
                                                                  {"A-04", "令和7年4月2日 15時"}};
  for (const auto& [tag, when] : marks) {
    Succeed(daemon_, {"mark", "migrated", tag, "--when", when});
    EXPECT_EQ(Answer<v1::Device>(daemon_, {"device", "show", tag}).auth_method_since(),
              "2025-04-02T06:00:00Z")
        << when;
  }
  EXPECT_THAT(Try(daemon_, {"mark", "failed", "B-01", "--cause", "OTHER", "--when", "soon"}),
              InvalidAt({"options.effective_time"}));
}

TEST_F(CommandLine, DaysTakeTheFormsOfPeople) {
  for (const char* day : {"4/20", "令和7年4月20日", "2025/4/20", "4月20日"}) {
    const auto set =
        Answer<v1::CalendarDay>(daemon_, {"calendar", "set", day, "--closed", "--reason", "停電"});
    EXPECT_EQ(set.day(), "2025-04-20") << day;
  }
  const auto days = Answer<v1::ListDaysResponse>(
      daemon_, {"calendar", "list", "--from", "tomorrow", "--to", "4/4"});
  ASSERT_EQ(days.days_size(), 2);
  EXPECT_EQ(days.days(0).day(), "2025-04-03");
  Succeed(daemon_, {"mark", "deferred", "A-01", "--until", "6/2", "--reason", "出張"});
  const auto card =
      Answer<v1::LookupDevicesResponse>(daemon_, {"lookup", "A-01"}).matches(0).card();
  EXPECT_EQ(card.deferred_until(), "2025-06-02");
  EXPECT_EQ(Answer<v1::ListChangeSetsResponse>(daemon_, {"change", "list", "--day", "today"})
                .change_sets_size(),
            Answer<v1::ListChangeSetsResponse>(daemon_, {"change", "list", "--day", "2025-04-02"})
                .change_sets_size());
  Succeed(daemon_, {"exception", "grant", "A-02", "--method", "FACE_AND_IC_CARD", "--until",
                    "tomorrow", "--reason", "x"});
  Succeed(daemon_, {"due", "--day", "明日"});
  Succeed(daemon_, {"device", "show", "A-01", "--as-of", "yesterday"});
}

TEST_F(CommandLine, ProxiesOfTheEnvironmentAreIgnored) {
  for (const char* name : {"http_proxy", "https_proxy", "grpc_proxy", "HTTP_PROXY", "all_proxy"}) {
    const ProgramResult result = Shell("$K whoami", {std::string(name) + "=http://127.0.0.1:9"});
    EXPECT_EQ(result.exit_code, 0) << name << ": " << result.err;
  }
}

TEST_F(CommandLine, AWebAddressAsServerIsExplained) {
  const ProgramResult result = Shell("$K --server http://$KIRIKAE_SERVER/ whoami -o json");
  EXPECT_EQ(OutcomeOf(result).reason, "SERVER_ADDRESS");
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr(daemon_.address()));
}

TEST_F(CommandLine, OutputThatCannotBeWrittenIsAnError) {
  for (const char* command :
       {"device list", "device list -o csv", "device list -o json", "lookup A-01", "version",
        "calendar list", "export devices -f csv --to -", "--help", "due -o name",
        "change list -o jsonl"}) {
    for (const char* output : {">/dev/full", ">&-"}) {
      const ProgramResult result = Shell("$K " + std::string(command) + " " + output);
      EXPECT_NE(result.exit_code, 0) << command << output;
      EXPECT_THAT(result.err, Not(IsEmpty())) << command << output;
    }
  }
}

TEST_F(CommandLine, NamesOfEveryListGoIntoEveryCommandThatTakesTags) {
  for (const char* list :
       {"due", "device list --filter 'placement.phase = \"p1\"'", "wave show 1", "lookup A-0"}) {
    const ProgramResult marked =
        Shell("$K " + std::string(list) +
              " -o name | $K mark failed - --cause OTHER --partial --yes -o json");
    EXPECT_EQ(marked.exit_code, 0) << list << ": " << marked.err;
    v1::MarkDevicesResponse answer;
    ReadJson(marked.out, answer);
    EXPECT_GE(answer.results_size(), 4) << list;
  }
  for (const char* command :
       {"device show", "device history", "lookup", "change list --record", "plan explain"}) {
    EXPECT_EQ(Shell("$K " + std::string(command) + " devices/A-01").exit_code, 0) << command;
  }
  EXPECT_EQ(Shell("$K lookup A-01 -o name | $K device correct-method - --method "
                  "IC_CARD_AND_PASSWORD --reason x")
                .exit_code,
            0);
}

TEST_F(CommandLine, ChangesAreListedByTagAndAnUnknownActIsRefused) {
  Succeed(daemon_, {"mark", "migrated", "A-01"});
  const auto named =
      Answer<v1::ListChangeSetsResponse>(daemon_, {"change", "list", "--record", "devices/A-01"});
  ASSERT_GT(named.change_sets_size(), 1);
  for (const char* tag : {"A-01", "ａ－０１", "*A-01*"}) {
    EXPECT_EQ(Answer<v1::ListChangeSetsResponse>(daemon_, {"change", "list", "--record", tag})
                  .change_sets_size(),
              named.change_sets_size())
        << tag;
  }
  EXPECT_THAT(Try(daemon_, {"change", "list", "--record", "A-99"}), Fails(3, "DEVICE_NOT_FOUND"));
  EXPECT_THAT(Try(daemon_, {"change", "list", "--act", "MARK_MIGRATE"}), InvalidAt({"act"}));
  EXPECT_EQ(
      Answer<v1::ListChangeSetsResponse>(daemon_, {"change", "list", "--act", "mark-migrated"})
          .change_sets_size(),
      1);
}

TEST_F(CommandLine, ChangeSetsAreNamedByNumberAndTheOwnLastActIsUndone) {
  const ProgramResult marked = daemon_.Run({"mark", "migrated", "A-01"});
  const std::string number = NewestChange(daemon_);
  EXPECT_THAT(marked.err, HasSubstr("change undo " + number));
  EXPECT_THAT(daemon_.Run({"change", "list", "-o", "csv", "--no-headers"}).out,
              ::testing::StartsWith(number + ","));
  Succeed(daemon_, {"change", "undo", "last", "--yes"});
  EXPECT_EQ(StateOf("A-01"), "PLACEMENT_STATE_DUE");
  Succeed(daemon_, {"mark", "failed", "A-02", "--cause", "OTHER"});
  // Another person's act comes later; it is not the own last one.
  const std::string operator_token = daemon_.NewToken("operator");
  ASSERT_EQ(daemon_.RunAs(operator_token, {"mark", "migrated", "A-03"}).exit_code, 0);
  ASSERT_EQ(daemon_.RunAs(operator_token, {"change", "undo", "last", "--yes"}).exit_code, 0);
  EXPECT_EQ(StateOf("A-03"), "PLACEMENT_STATE_DUE");
  EXPECT_EQ(StateOf("A-02"), "PLACEMENT_STATE_FAILED");
  EXPECT_THAT(
      OutcomeOf(daemon_.RunAs(operator_token, {"change", "undo", "last", "--yes", "-o", "json"})),
      Fails(3, "NOTHING_TO_UNDO"));
}

TEST_F(CommandLine, AMarkOutsideItsPhaseOrWeeksEarlyAsksFirst) {
  EXPECT_THAT(Try(daemon_, {"mark", "migrated", "B-01"}), Fails(2, "UNTIMELY"));
  EXPECT_THAT(Try(daemon_, {"mark", "failed", "B-01", "--cause", "OTHER"}), Fails(2, "UNTIMELY"));
  EXPECT_NE(StateOf("B-01"), "PLACEMENT_STATE_MIGRATED");
  const auto marked =
      Answer<v1::MarkDevicesResponse>(daemon_, {"mark", "migrated", "B-01", "--yes"});
  EXPECT_EQ(marked.changed(), 1);
  EXPECT_TRUE(marked.results(0).untimely());
  EXPECT_EQ(marked.results(0).phase(), "p2");
  EXPECT_EQ(Answer<v1::MarkDevicesResponse>(daemon_, {"mark", "migrated", "A-01"}).changed(), 1)
      << "what is due needs no question";
  EXPECT_EQ(Answer<v1::MarkDevicesResponse>(daemon_, {"mark", "migrated", "B-01"}).unchanged(), 1)
      << "a repeat asks nothing";
}

TEST_F(CommandLine, EachMarksAnswerNamesUserAndDepartment) {
  const auto marked = Answer<v1::MarkDevicesResponse>(daemon_, {"mark", "migrated", "A-01"});
  EXPECT_EQ(marked.results(0).department(), "総務部/総務課");
  ASSERT_EQ(marked.results(0).users_size(), 1);
  EXPECT_EQ(marked.results(0).users(0).staff_number(), "0100001");
  const std::string table = daemon_.Run({"mark", "migrated", "A-02"}).out;
  EXPECT_THAT(table, HasSubstr("豊島"));
  EXPECT_THAT(table, HasSubstr("総務部/総務課"));
}

TEST_F(CommandLine, ImportsTellEveryRowsProblemsToProgramsToo) {
  const TemporaryFolder folder;
  WriteFile(folder / "bad.csv",
            "資産管理番号,端末区分,カメラ\nC-1,管理者端末,内蔵\n,職員端末,内蔵\nC-3,職員端末,"
            "不思議\nC-4,職員端末,内蔵\n");
  const auto preview = Answer<v1::Import>(daemon_, {"import", "devices", folder / "bad.csv"}, 1);
  std::vector<int> lines;
  for (const v1::ImportRow& row : preview.rows()) {
    lines.push_back(row.line());
    EXPECT_GT(row.problems_size(), 0);
  }
  EXPECT_THAT(lines, ::testing::ElementsAre(2, 3, 4));
  const ProgramResult csv =
      daemon_.Run({"import", "devices", folder / "bad.csv", "-o", "csv", "--no-headers"});
  EXPECT_EQ(csv.exit_code, 1);
  EXPECT_EQ(LinesOf(csv.out).size(), 3U);
}

TEST_F(CommandLine, NoMessageShowsAToken) {
  const std::string token = daemon_.admin_token();
  const TemporaryFolder folder;
  for (const std::string& content :
       {token + " \xE6\x97\xA5", "\xFF\xFE" + token, token + "\n" + token, "Bearer " + token}) {
    WriteFile(folder / "token", content);
    const ProgramResult result = Shell("chmod 600 " + (folder / "token") + "; $K --token-file " +
                                       (folder / "token") + " whoami");
    EXPECT_TRUE(result.exit_code == 2 || result.exit_code == 5) << result.err;
    EXPECT_THAT(result.out + result.err, Not(HasSubstr(token.substr(4, 12))));
  }
  WriteFile(folder / "token", "\xEF\xBB\xBF" + token + "\r\n");
  EXPECT_EQ(Shell("chmod 600 " + (folder / "token") + "; $K --token-file " + (folder / "token") +
                  " whoami")
                .exit_code,
            0);
  const ProgramResult given = Shell("$K --token-file " + token + " whoami");
  EXPECT_EQ(given.exit_code, 2);
  EXPECT_THAT(given.out + given.err, Not(HasSubstr(token)));
}

TEST_F(CommandLine, ANearTagIsNeverTheAnswer) {
  for (const std::vector<std::string>& form :
       {std::vector<std::string>{}, {"-o", "name"}, {"-o", "csv"}}) {
    std::vector<std::string> args = {"lookup", "A-0I"};
    args.insert(args.end(), form.begin(), form.end());
    const ProgramResult result = daemon_.Run(args);
    EXPECT_EQ(result.exit_code, 3);
    EXPECT_THAT(result.out, IsEmpty());
    EXPECT_THAT(result.err, HasSubstr("A-01"));
  }
}

}  // namespace
}  // namespace kirikae::testing
