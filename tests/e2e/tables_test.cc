// Tables for people and for programs: nothing that matters is cut, and programs read the same in
// every language.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_join.h"
#include "client/cli/line_breaks.h"
#include "client/cli/table.h"
#include "tests/support/answer.h"
#include "tests/support/daemon.h"
#include "tests/support/small_ward.h"

namespace kirikae::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kLongReason[] =
    "端末の入替えに合わせて来月の第二週に作業するよう所管課から申し出があったため、日程を改める。";

// Devices of departments with long names, of which some are blocked, failed, deferred and late.
class Tables : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    daemon_ = new Daemon;
    ImportSampleWard(*daemon_);
    ApproveSamplePlan(*daemon_);
    MoveClock(*daemon_, "2025-04-08T16:00:00+09:00");
    const auto tags = LinesOf(daemon_->Run({"wave", "show", "1", "-o", "name"}).out);
    ASSERT_GT(tags.size(), 3U);
    const auto mark = [&](std::vector<std::string> args) {
      args.insert(args.end(), {"--reason", kLongReason, "--yes"});
      Succeed(*daemon_, args);
    };
    mark({"mark", "migrated", tags[0]});
    mark({"mark", "failed", tags[1], "--cause", "CAMERA_FAULT"});
    mark({"mark", "deferred", tags[2], "--until", "2025-06-02"});
    mark({"change", "undo", "last"});
    mark({"phase", "hold", "pilot"});
    mark({"staff", "update", "0100016", "--set", std::string("consent_withheld=") + kLongReason});
    mark({"calendar", "set", "2025-08-12", "--closed"});
    Succeed(*daemon_, {"plan", "create", "--first-day", "2025-09-01"});
    Succeed(*daemon_, {"audit", "checkpoint", "--to", daemon_->folder() / "checkpoint"});
    Succeed(*daemon_, {"token", "create", "髙橋 恵", "--role", "operator"});
    tag_ = new std::string(tags[1]);
  }
  static void TearDownTestSuite() {
    delete tag_;
    delete daemon_;
  }

  static std::vector<std::vector<std::string>> Lists() {
    return {{"device", "list", "--filter", "kind = MANAGER_TERMINAL"},
            {"device", "history", *tag_},
            {"staff", "list", "--filter", "role = PROMOTION_OFFICER"},
            {"staff", "history", "0100016"},
            {"due"},
            {"wave", "list"},
            {"wave", "show", "1"},
            {"plan", "list"},
            {"plan", "blocked", "1"},
            {"plan", "left", "2", "--all"},
            {"plan", "compare", "1", "2"},
            {"plan", "explain", *tag_, "--plan", "2"},
            {"rollout", "list"},
            {"rollout", "show"},
            {"rollout", "proposals"},
            {"rollout", "progress"},
            {"rollout", "forecast"},
            {"phase", "list"},
            {"calendar", "list", "--from", "2025-08-01"},
            {"change", "list"},
            {"change", "show", NewestChange(*daemon_)},
            {"audit", "checkpoints"},
            {"import", "profile", "list"},
            {"token", "list"},
            {"lookup", "総務部"}};
  }

  static ProgramResult Run(std::vector<std::string> args, const std::vector<std::string>& more,
                           const std::string& columns = "") {
    args.insert(args.begin(), KIRIKAE);
    args.insert(args.end(),
                {"--server", daemon_->address(), "--token-file", daemon_->token_file()});
    args.insert(args.end(), more.begin(), more.end());
    std::vector<std::string> environment = {"LC_ALL=C.UTF-8"};
    if (!columns.empty()) environment.push_back("COLUMNS=" + columns);
    return RunProgram(args, environment);
  }

  static Daemon* daemon_;
  static std::string* tag_;  // of a device that failed
};

Daemon* Tables::daemon_ = nullptr;
std::string* Tables::tag_ = nullptr;

std::string WithoutSpaces(const std::string& text) {
  std::string rest;
  for (const char c : text) {
    if (c != ' ') rest += c;
  }
  return rest;
}

// The longest beginning of `text`, from `at`, that stands in the line.
size_t Beginning(const std::string& text, size_t at, const std::string& line) {
  size_t length = 0;
  while (at + length < text.size() && line.find(text.substr(at, length + 1)) != std::string::npos) {
    ++length;
  }
  return length;
}

// Whether the text stands there, on one line or going on in those that follow.
bool Stands(const std::string& text, const std::vector<std::string>& lines) {
  for (size_t first = 0; first < lines.size(); ++first) {
    size_t at = 0;
    for (size_t i = first; i < lines.size() && at < text.size(); ++i) {
      const size_t more = Beginning(text, at, lines[i]);
      if (more == 0) break;
      at += more;
    }
    if (at == text.size()) return true;
  }
  return false;
}

// The cells of a row of CSV.
std::vector<std::string> CellsOf(const std::string& line) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      cells.emplace_back();
    } else {
      cells.back() += c;
    }
  }
  return cells;
}

// Columns whose cells are the same for people and programs, and must be whole.
bool Matters(const std::string& id) {
  static const std::set<std::string> kWhole = {
      "asset_tag",      "department",   "day",      "first_day",   "last_day",
      "made",           "recorded",     "happened", "not_before",  "deadline",
      "opened",         "work_done",    "passed",   "wave",        "change_set",
      "token",          "staff_number", "until",    "planned_end", "half_by",
      "nine_of_ten_by", "remark",       "next_day"};
  return kWhole.contains(id);
}

bool IsReason(const std::string& id) { return id == "why" || id == "before" || id == "after"; }

TEST_F(Tables, NoTagDateDepartmentOrReasonIsCut) {
  std::map<std::string, int> seen;
  for (const auto& list : Lists()) {
    const ProgramResult csv = Run(list, {"-o", "csv"});
    const auto rows = LinesOf(csv.out);
    ASSERT_FALSE(rows.empty()) << absl::StrJoin(list, " ") << csv.err;
    const auto ids = CellsOf(rows[0]);
    for (const char* columns : {"80", "120"}) {
      for (const char* language : {"en", "ja"}) {
        const ProgramResult table = Run(list, {"--lang", language}, columns);
        EXPECT_THAT(table.out, Not(HasSubstr("…"))) << absl::StrJoin(list, " ");
        std::vector<std::string> lines;
        for (const std::string& line : LinesOf(table.out)) {
          EXPECT_LE(cli::DisplayWidth(line), std::stoi(columns)) << line;
          lines.push_back(WithoutSpaces(line));
        }
        for (size_t row = 1; row < std::min<size_t>(rows.size(), 60); ++row) {
          const auto cells = CellsOf(rows[row]);
          ASSERT_EQ(cells.size(), ids.size()) << rows[row];
          for (size_t i = 0; i < ids.size(); ++i) {
            const bool reason = IsReason(ids[i]) && cells[i] == kLongReason;
            // In a history it is spare: only a late record has another time than the act.
            if (ids[i] == "recorded" && list.size() > 1 && list[1] == "history") continue;
            if (cells[i].empty() || !(Matters(ids[i]) || reason)) continue;
            ++seen[ids[i]];
            EXPECT_TRUE(Stands(WithoutSpaces(cells[i]), lines))
                << absl::StrJoin(list, " ") << " " << columns << " " << language << ": " << ids[i]
                << " " << cells[i] << "\n"
                << table.out;
          }
        }
      }
    }
  }
  for (const char* id : {"asset_tag", "department", "day", "recorded", "why", "after"}) {
    EXPECT_GT(seen[id], 0) << id;
  }
}

TEST_F(Tables, AllLeftOutDevicesHaveTheirReasonWhole) {
  for (const char* columns : {"80", "120"}) {
    for (const char* language : {"en", "ja"}) {
      const auto plan = Run({"plan", "left", "2", "--all"}, {"--lang", language}, "100000");
      std::vector<std::string> lines;
      for (const auto& line :
           LinesOf(Run({"plan", "left", "2", "--all"}, {"--lang", language}, columns).out)) {
        lines.push_back(WithoutSpaces(line));
      }
      for (const auto& line : LinesOf(plan.out)) {
        EXPECT_TRUE(Stands(WithoutSpaces(line), lines)) << line;
      }
    }
  }
}

TEST_F(Tables, ProgramsReadTheSameInEveryLanguage) {
  for (const auto& list : Lists()) {
    const std::string command = absl::StrJoin(list, " ");
    for (const char* form : {"csv", "json", "jsonl", "name"}) {
      if (command == "rollout progress" && std::string(form) != "csv")
        continue;  // has the time of counting
      EXPECT_EQ(Run(list, {"-o", form, "--lang", "en"}).out,
                Run(list, {"-o", form, "--lang", "ja"}).out)
          << command << " " << form;
    }
  }
  for (const std::vector<std::string>& one : {std::vector<std::string>{"device", "show", *tag_},
                                              {"staff", "show", "0100016"},
                                              {"phase", "show", "pilot"},
                                              {"plan", "show"},
                                              {"audit", "verify"},
                                              {"whoami"},
                                              {"import", "show", "1"}}) {
    for (const char* form : {"csv", "json"}) {
      EXPECT_EQ(Run(one, {"-o", form, "--lang", "en"}).out,
                Run(one, {"-o", form, "--lang", "ja"}).out)
          << absl::StrJoin(one, " ") << " " << form;
    }
  }
}

TEST_F(Tables, ForPeopleCodesAreWordsOfTheirLanguage) {
  for (const auto& list : Lists()) {
    const std::string english = Run(list, {"--lang", "en"}, "120").out;
    const std::string japanese = Run(list, {"--lang", "ja"}, "120").out;
    EXPECT_NE(english, japanese) << absl::StrJoin(list, " ");
    for (const char* const code :
         {"MARK_", "CAMERA_FAULT", "USER_NOT_ENROLLED", "_PASSWORD", "UPDATE_STAFF", "ROLE_",
          "consent_withheld", "placement.", "PHASE_"}) {
      EXPECT_THAT(english, Not(HasSubstr(code))) << absl::StrJoin(list, " ");
      EXPECT_THAT(japanese, Not(HasSubstr(code))) << absl::StrJoin(list, " ");
    }
  }
}

TEST_F(Tables, ColumnsAreChosenByTheirIds) {
  const std::string ids = "department,asset_tag,serial";
  const auto csv = LinesOf(Run({"device", "list", "--filter", "asset_tag = \"" + *tag_ + "\""},
                               {"-o", "csv", "--columns", ids})
                               .out);
  ASSERT_EQ(csv.size(), 2U);
  EXPECT_EQ(csv[0], ids);
  EXPECT_THAT(csv[1], HasSubstr("," + *tag_ + ","));
  const auto table = LinesOf(
      Run({"device", "list", "--filter", "asset_tag = \"" + *tag_ + "\""}, {"--columns", ids}, "80")
          .out);
  ASSERT_EQ(table.size(), 2U);
  EXPECT_EQ(OutcomeOf(Run({"device", "list"}, {"-o", "csv", "--columns", "colour"})).exit_code, 2);
}

TEST_F(Tables, TheNamesOfEveryListAreTakenByOtherCommands) {
  const std::vector<std::pair<std::string, std::string>> pipes = {
      {"device list", "device show"},
      {"staff list", "staff show"},
      {"staff list", "staff history"},
      {"due", "device history"},
      {"wave list", "wave show"},
      {"wave show 1", "lookup"},
      {"plan list", "plan show"},
      {"plan list", "plan blocked"},
      {"plan blocked 1", "plan explain --plan 1"},
      {"plan left 2", "plan explain --plan 2"},
      {"plan compare 1 2", "device show"},
      {"rollout list", "rollout show"},
      {"rollout list", "plan list"},
      {"rollout list", "wave list"},
      {"phase list", "phase show"},
      {"change list", "change show"},
      {"device history " + *tag_, "change show"},
      {"calendar list", "calendar list --from"},
      {"import profile list", "import profile show"},
      {"lookup 総務部", "device show"},
      // The first one is the last administrator's, which is kept.
      {"token list -o name | tail -n 1 #", "token revoke --dry-run"}};
  const std::vector<std::string> environment = {"LC_ALL=C.UTF-8", "K=" + std::string(KIRIKAE),
                                                "KIRIKAE_SERVER=" + daemon_->address(),
                                                "KIRIKAE_TOKEN_FILE=" + daemon_->token_file()};
  for (const auto& [list, command] : pipes) {
    const ProgramResult result =
        RunProgram({"/bin/bash", "-c",
                    "set -o pipefail; names=$($K " + list + " -o name | head -n 3\n); " +
                        "[ -n \"$names\" ] || exit 99; xargs -I{} $K " + command +
                        " {} -o json <<< \"$names\""},
                   environment);
    EXPECT_EQ(result.exit_code, 0) << list << " | " << command << ": " << result.err;
  }
}

}  // namespace
}  // namespace kirikae::testing
