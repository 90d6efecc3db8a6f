// Every command on a terminal as people have it: of two sizes, in both languages, with and without
// colours.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "tests/support/daemon.h"
#include "tests/support/small_ward.h"
#include "tests/support/terminal.h"

namespace kirikae::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

using Words = std::vector<std::string>;

constexpr char kFrame[] = R"(rollout: small
from: IC_CARD_AND_PASSWORD
to: FACE_AND_PASSWORD
teams: [ { id: a, devices_per_slot: 4 } ]
policy: { department_daily_share: 100%, minutes: { default: 1 } }
calendar: { slots: [day], first_day: 2025-04-02 }
)";
constexpr char kPhases[] = R"(phases:
  - { id: pilot, select: 'asset_tag <= A-04', gate: { success_rate: 95%, minimum_sample: 9, approval: true } }
  - { id: rest }
)";
constexpr char kLowerPhases[] = R"(phases:
  - { id: pilot, select: 'asset_tag <= A-04', gate: { success_rate: 50%, minimum_sample: 9, approval: true } }
  - { id: rest }
)";
constexpr char kProfile[] = "profile: other\nkind: devices\ncolumns:\n  asset_tag:\n    - 番号\n";
constexpr char kHolidays[] =
    "国民の祝日・休日月日,国民の祝日・休日名称\n2025/1/1,元日\n2025/2/11,建国記念の日\n";
constexpr char kList[] = "資産管理番号,設置場所\nA-01,分庁舎\n";

// A command as a person types it, and its exit code. FOLDER stands for the test's files.
struct Typed {
  Words words;
  int code = 0;
};

// Each of them once. They run with --dry-run, so that the next one finds what the first one found.
std::vector<Typed> Commands() {
  return {
      {{"lookup", "A-01"}},
      {{"due"}},
      {{"mark", "migrated", "A-01"}},
      {{"mark", "failed", "A-01", "--cause", "CAMERA_FAULT"}},
      {{"mark", "verified", "A-02"}},
      {{"mark", "rolled-back", "A-02", "--reason", "不具合"}},
      {{"mark", "deferred", "A-01", "--until", "2025-06-02"}},
      {{"mark", "exempt", "A-01", "--reason", "申し出"}},
      {{"device", "list"}},
      {{"device", "show", "A-01"}},
      {{"device", "history", "A-02"}},
      {{"device", "update", "A-01", "--set", "floor=3階"}},
      {{"device", "create", "A-99", "--set", "site=本庁舎"}},
      {{"device", "correct-method", "A-01", "--method", "FACE_AND_PASSWORD", "--reason", "誤記"}},
      {{"device", "retire", "A-01"}},
      {{"device", "restore", "A-08"}},
      {{"exception", "grant", "A-01", "--method", "FACE_AND_IC_CARD", "--until", "2025-04-12",
        "--reason", "故障"}},
      {{"exception", "end", "A-07"}},
      {{"staff", "list"}},
      {{"staff", "show", "0100001"}},
      {{"staff", "history", "0100001"}},
      {{"staff", "update", "0100001", "--set", "title=係長"}},
      {{"import", "devices", "FOLDER/devices.csv"}},
      {{"import", "staff", "FOLDER/staff.csv"}},
      {{"import", "enrolments", "FOLDER/enrolments.csv"}},
      {{"import", "show", "4"}},
      {{"import", "apply", "4"}},
      {{"import", "profile", "list"}},
      {{"import", "profile", "show", "other"}},
      {{"import", "profile", "save", "FOLDER/profile.yaml"}},
      {{"import", "profile", "delete", "other"}},
      {{"export", "devices", "-f", "csv", "--to", "FOLDER/out.csv"}},
      {{"rollout", "apply", "-f", "FOLDER/rollout.yaml"}},
      {{"rollout", "list"}},
      {{"rollout", "show"}},
      {{"rollout", "explain", "phases.gate"}},
      {{"rollout", "propose", "-f", "FOLDER/lower.yaml"}},
      {{"rollout", "proposals"}},
      {{"rollout", "proposal", "1"}},
      {{"rollout", "accept", "1", "--reason", "合意"}},
      {{"rollout", "decline", "1", "--remark", "再検討"}},
      {{"rollout", "start"}},
      {{"rollout", "pause", "--reason", "休日"}},
      {{"rollout", "resume"}},
      {{"rollout", "cancel", "--reason", "中止"}},
      {{"rollout", "progress"}},
      {{"rollout", "forecast"}},
      {{"rollout", "report", "--to", "FOLDER/report.html"}},
      {{"rollout", "watch"}, 130},
      {{"plan", "create"}},
      {{"plan", "list"}},
      {{"plan", "show"}},
      {{"plan", "blocked"}},
      {{"plan", "conditional"}},
      {{"readiness", "list"}},
      {{"plan", "left"}},
      {{"plan", "left", "--all"}},
      {{"plan", "create", "--confidence", "90%"}},
      {{"plan", "submit", "2"}},
      {{"plan", "approve", "3"}},
      {{"plan", "reject", "3", "--remark", "再検討"}},
      {{"plan", "explain", "A-01"}},
      {{"plan", "compare", "1", "2"}},
      {{"plan", "what-if", "--share", "0.5"}},
      {{"plan", "export", "1", "-f", "ics", "--to", "FOLDER/plan.ics"}},
      {{"plan", "solve", "SOURCE/deploy/samples/problems/systems18.json"}},
      {{"phase", "list"}},
      {{"phase", "show", "pilot"}},
      {{"phase", "hold", "pilot", "--reason", "調査"}},
      {{"phase", "release", "pilot", "--remark", "承認"}, 4},
      {{"wave", "list"}},
      {{"wave", "show", "1"}},
      {{"wave", "start", "1"}},
      {{"wave", "finish", "1", "--return-open"}},
      {{"calendar", "import", "FOLDER/holidays.csv"}},
      {{"calendar", "list", "--from", "2025-08-01"}},
      {{"calendar", "set", "2025-08-12", "--closed", "--reason", "停電"}},
      {{"change", "list"}},
      {{"change", "show", "1"}},
      {{"change", "undo", "last"}},
      {{"audit", "verify"}},
      {{"audit", "checkpoint", "--to", "FOLDER/checkpoint"}},
      {{"audit", "checkpoints"}},
      {{"audit", "export", "--to", "FOLDER/record.jsonl"}},
      {{"token", "create", "髙橋 恵", "--role", "operator"}},
      {{"token", "list"}},
      {{"token", "revoke", "2"}},
      {{"whoami"}},
      {{"login", "--name", "ward"}},
      {{"context", "list"}},
      {{"context", "show", "ward"}},
      {{"context", "use", "ward"}},
      {{"context", "set", "ward"}},
      {{"logout", "--context", "ward"}},
      {{"context", "delete", "ward"}},
      {{"doctor"}, 1},
      {{"help", "plan"}},
      {{"version"}},
      {{"completion", "bash"}},
      {{"completion", "zsh"}},
      {{"completion", "fish"}},
  };
}

std::string Joined(const Words& words) {
  std::string all;
  for (const std::string& word : words) all += (all.empty() ? "" : " ") + word;
  return all;
}

std::string WithoutColors(const std::string& shown) {
  std::string plain;
  for (size_t i = 0; i < shown.size(); ++i) {
    if (shown.compare(i, 2, "\x1b[") == 0 && shown.find('m', i) != std::string::npos) {
      i = shown.find('m', i);
    } else {
      plain += shown[i];
    }
  }
  return plain;
}

class EveryCommand : public ::testing::TestWithParam<std::tuple<int, std::string>> {
 protected:
  static void SetUpTestSuite() {
    daemon_ = new Daemon;
    folder_ = new TemporaryFolder;
    WriteFile(*folder_ / "rollout.yaml", std::string(kFrame) + kPhases);
    WriteFile(*folder_ / "lower.yaml", std::string(kFrame) + kLowerPhases);
    WriteFile(*folder_ / "profile.yaml", kProfile);
    WriteFile(*folder_ / "holidays.csv", kHolidays);
    WriteFile(*folder_ / "devices.csv", kList);
    WriteFile(*folder_ / "staff.csv", "職員番号,氏名,部,課\n0100001,豊島　太郎,総務部,人事課\n");
    WriteFile(*folder_ / "enrolments.csv",
              "職員番号,顔登録日,登録状態\n0100001,2025-03-02,登録済\n");
    ImportDevices(*daemon_, {{"A", 8, "総務部/総務課"}});
    Succeed(*daemon_, {"rollout", "apply", "-f", *folder_ / "rollout.yaml", "--yes"});
    ApprovePlan(*daemon_, 1);
    MoveClock(*daemon_, "2025-04-02T16:00:00+09:00");
    for (const Words& command :
         std::vector<Words>{{"import", "devices", *folder_ / "devices.csv"},
                            {"plan", "create"},
                            {"plan", "create"},
                            {"plan", "submit", "3"},
                            {"token", "create", "佐藤", "--role", "viewer"},
                            {"import", "profile", "save", *folder_ / "profile.yaml"},
                            {"device", "retire", "A-08", "--yes"},
                            {"mark", "migrated", "A-02"},
                            {"rollout", "propose", "-f", *folder_ / "lower.yaml", "--yes"}}) {
      Succeed(*daemon_, command);
    }
    Succeed(*daemon_, {"exception", "grant", "A-07", "--method", "FACE_AND_IC_CARD", "--until",
                       "2025-04-10", "--reason", "故障"});
    Succeed(*daemon_, {"mark", "failed", "A-03", "--cause", "CAMERA_FAULT"});
  }
  static void TearDownTestSuite() {
    delete daemon_;
    delete folder_;
  }

  // What is shown on a terminal of the test's size and language.
  static std::string Shown(const Typed& typed, const std::string& colors) {
    const auto& [columns, language] = GetParam();
    Words all = {KIRIKAE, "--lang", language, "--yes"};
    const std::string noun = typed.words[0];
    if (noun != "login" && noun != "logout" && noun != "context") all.emplace_back("--dry-run");
    for (std::string word : typed.words) {
      if (word.starts_with("FOLDER/")) word = *folder_ / word.substr(7);
      if (word.starts_with("SOURCE/")) word = KIRIKAE_SOURCE_FOLDER + word.substr(6);
      all.push_back(std::move(word));
    }
    Terminal terminal(all,
                      {"LC_ALL=C.UTF-8", "TZ=Asia/Tokyo", "HOME=" + folder_->path(),
                       "XDG_CONFIG_HOME=" + folder_->path(), "KIRIKAE_PAGER=cat",
                       "KIRIKAE_SERVER=" + daemon_->address(),
                       "KIRIKAE_TOKEN_FILE=" + daemon_->token_file(), colors},
                      {.columns = static_cast<unsigned short>(columns),
                       .lines = static_cast<unsigned short>(columns == 80 ? 24 : 40)});
    constexpr int kInterrupted = 130;
    if (typed.code == kInterrupted) {
      EXPECT_TRUE(terminal.WaitFor("Ctrl-C"));
      terminal.Send("\x03");
    }
    EXPECT_EQ(terminal.Wait(), typed.code) << Joined(typed.words) << "\n" << terminal.shown();
    return terminal.shown();
  }

  static Daemon* daemon_;
  static TemporaryFolder* folder_;
};

Daemon* EveryCommand::daemon_ = nullptr;
TemporaryFolder* EveryCommand::folder_ = nullptr;

TEST_P(EveryCommand, SaysWhatItDoesInTheChosenLanguageWithAndWithoutColors) {
  const std::string language = std::get<1>(GetParam());
  // What is the same in both languages: scripts, a version, names that were given.
  const std::set<std::string> same = {"version", "completion", "login", "context", "logout"};
  for (const Typed& typed : Commands()) {
    const std::string name = Joined(typed.words);
    const std::string plain = Shown(typed, "NO_COLOR=1");
    EXPECT_FALSE(plain.empty()) << name;
    EXPECT_THAT(plain, Not(HasSubstr("\x1b[3"))) << name;
    EXPECT_THAT(plain, Not(HasSubstr("_UNSPECIFIED"))) << name;
    EXPECT_EQ(plain.find("$0"), plain.find("$0}")) << name << ": a place that was not filled";
    if (same.contains(typed.words[0])) continue;
    if (language == "ja" && name != "import profile show other") {
      EXPECT_TRUE(std::any_of(plain.begin(), plain.end(), [](char c) { return (c & 0x80) != 0; }))
          << name << "\n"
          << plain;
    }
    // A preview has a number of its own; a live picture, a solver and a clock have the second.
    if (typed.words[0] == "import" || typed.words[0] == "doctor" || name == "rollout watch" ||
        name.starts_with("plan solve")) {
      continue;
    }
    EXPECT_EQ(WithoutColors(Shown(typed, "TERM=xterm")), plain) << name << ": told by colour alone";
  }
}

INSTANTIATE_TEST_SUITE_P(OfBothSizesAndLanguages, EveryCommand,
                         ::testing::Combine(::testing::Values(80, 120),
                                            ::testing::Values("en", "ja")));

// The commands below these words, as completion knows them.
std::set<std::string> Below(const Words& words) {
  Words all = {KIRIKAE, "__complete"};
  all.insert(all.end(), words.begin(), words.end());
  all.emplace_back("");
  std::set<std::string> commands;
  for (const std::string& line : LinesOf(RunProgram(all, {"KIRIKAE_SERVER=127.0.0.1:1"}).out)) {
    const std::string name = line.substr(0, line.find('\t'));
    Words longer = words;
    longer.push_back(name);
    const bool is_group = words.size() < 2 && name != "lookup" && name != "help";
    const std::set<std::string> below = is_group ? Below(longer) : std::set<std::string>();
    commands.insert(below.begin(), below.end());
    if (below.empty()) commands.insert(Joined(longer));
  }
  return commands;
}

TEST(EveryCommandIs, OneOfThoseThatAreTried) {
  for (const std::string& command : Below({})) {
    const std::vector<Typed> all = Commands();
    EXPECT_TRUE(std::any_of(all.begin(), all.end(), [&](const Typed& typed) {
      return (Joined(typed.words) + " ").starts_with(command + " ");
    })) << command;
  }
}

}  // namespace
}  // namespace kirikae::testing
