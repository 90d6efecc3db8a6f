// A new user's first minutes: help, suggestions, log-on, doctor, completion; in a real terminal of
// two sizes, in both languages, with and without colour.
#include <gmock/gmock.h>
#include <google/protobuf/struct.pb.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/answer.h"
#include "tests/support/daemon.h"
#include "tests/support/small_ward.h"
#include "tests/support/terminal.h"

namespace kirikae::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

using Words = std::vector<std::string>;

constexpr char kBegin[] = "\x1b[";

// A home of its own, so that what is stored is the test's.
class Home {
 public:
  Words Environment(const Words& more = {}) const {
    // A variable that is given twice has its first value for programs, its last one for shells.
    Words all = more;
    const auto add = [&all](const std::string& variable) {
      const std::string name = variable.substr(0, variable.find('=') + 1);
      const bool given = std::any_of(all.begin(), all.end(), [&name](const std::string& each) {
        return each.starts_with(name);
      });
      if (!given) all.push_back(variable);
    };
    for (const char* variable :
         {"LC_ALL=C.UTF-8", "TZ=Asia/Tokyo", "TERM=xterm", "KIRIKAE_SERVER=", "KIRIKAE_TOKEN_FILE=",
          "KIRIKAE_CONTEXT=", "NO_COLOR=", "PAGER=cat", "COLUMNS="}) {
      add(variable);
    }
    add("HOME=" + folder_.path());
    add("XDG_CONFIG_HOME=" + folder_.path() + "/config");
    return all;
  }
  ProgramResult Run(const Words& args, const std::string& input = "",
                    const Words& more = {}) const {
    Words all = {KIRIKAE};
    all.insert(all.end(), args.begin(), args.end());
    return RunProgram(all, Environment(more), input);
  }
  std::string contexts() const { return folder_ / "config/kirikae/contexts.yaml"; }
  const TemporaryFolder& folder() const { return folder_; }

 private:
  TemporaryFolder folder_;
};

google::protobuf::Struct ReadStruct(const std::string& json) {
  google::protobuf::Struct read;
  ReadJson(json, read);
  return read;
}

// The lines of a text without colours.
Words PlainLines(const std::string& shown) {
  std::string plain;
  for (size_t i = 0; i < shown.size(); ++i) {
    if (shown[i] == '\x1b') {
      i = shown.find('m', i);
    } else if (shown[i] != '\r') {
      plain += shown[i];
    }
  }
  return LinesOf(plain);
}

class FirstMinutes : public ::testing::TestWithParam<std::tuple<int, std::string, std::string>> {
 protected:
  Home home_;
};

TEST_P(FirstMinutes, HelpFitsTheTerminalInItsLanguageWithOrWithoutColor) {
  const auto& [columns, language, color] = GetParam();
  const TerminalSize size{.columns = static_cast<unsigned short>(columns),
                          .lines = static_cast<unsigned short>(columns == 80 ? 24 : 40)};
  for (const Words& command : std::vector<Words>{{},
                                                 {"help"},
                                                 {"help", "mark", "failed"},
                                                 {"plan", "--help"},
                                                 {"help", "rollout", "explain"},
                                                 {"rollout", "explain"},
                                                 {"rollout", "explain", "phases.gate"},
                                                 {"doctor"}}) {
    Words all = {KIRIKAE, "--lang", language};
    all.insert(all.end(), command.begin(), command.end());
    Terminal terminal(all, home_.Environment({color}), size);
    const int code = terminal.Wait();
    EXPECT_EQ(code, command == Words{"doctor"} ? 1 : 0) << terminal.shown();
    const bool is_coloured = terminal.shown().find(kBegin) != std::string::npos;
    EXPECT_EQ(is_coloured, color == "TERM=xterm") << terminal.shown();
    const Words lines = PlainLines(terminal.shown());
    EXPECT_GT(lines.size(), 4U);
    const std::string japanese = "例";
    if (command != Words{"doctor"} && (command.empty() || command[0] != "rollout")) {
      EXPECT_EQ(terminal.shown().find(japanese) != std::string::npos, language == "ja");
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    EverySizeLanguageAndColor, FirstMinutes,
    ::testing::Combine(::testing::Values(80, 120), ::testing::Values("en", "ja"),
                       ::testing::Values("TERM=xterm", "NO_COLOR=1", "TERM=dumb")));

TEST(FirstMinutesOf, TheProgramAloneShowsHelpThatBeginsWithExamples) {
  const Home home;
  const ProgramResult alone = home.Run({});
  EXPECT_EQ(alone.exit_code, 0);
  EXPECT_EQ(alone.out, home.Run({"help"}).out);
  EXPECT_EQ(alone.out, home.Run({"--help"}).out);
  EXPECT_LT(alone.out.find("\nExamples\n"), alone.out.find("\nUsage\n"));
  EXPECT_THAT(alone.out, HasSubstr("  kirikae login "));
  EXPECT_EQ(home.Run({"--version"}).out, home.Run({"version"}).out);
  EXPECT_EQ(home.Run({"-V"}).out, home.Run({"version"}).out);
  EXPECT_EQ(home.Run({"help", "plan", "show"}).out, home.Run({"plan", "show", "--help"}).out);
  EXPECT_THAT(home.Run({"help", "plan", "shw"}).err, HasSubstr("Did you mean show?"));
  EXPECT_EQ(home.Run({"plan"}).exit_code, 2) << "a script that forgot its verb is told";
  EXPECT_THAT(home.Run({"--lang", "ja", "plan", "lst"}).err, HasSubstr("list のことですか"));
}

TEST(FirstMinutesOf, ManPagesHaveNoWarnings) {
  const Home home;
  ASSERT_EQ(home.Run({"help", "--man-to", home.folder() / "man"}).exit_code, 0);
  int pages = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(home.folder() / "man")) {
    if (!entry.is_regular_file()) continue;
    ++pages;
    const ProgramResult shown =
        RunProgram({"/usr/bin/groff", "-ww", "-man", "-Kutf8", "-Tutf8", entry.path()});
    EXPECT_EQ(shown.exit_code, 0);
    EXPECT_THAT(shown.err, IsEmpty()) << entry.path();
  }
  EXPECT_GT(pages, 40);
  EXPECT_TRUE(std::filesystem::exists(home.folder() / "man/ja/man1/kirikae-plan.1"));
  const std::string page = ReadFile(home.folder() / "man/man1/kirikae-plan.1");
  EXPECT_EQ(home.Run({"help", "--man", "plan"}).out, page);
}

TEST(FirstMinutesOf, APagerShowsWhatIsLongOnATerminalOnly) {
  const Home home;
  WriteFile(home.folder() / "pager", "#!/bin/sh\necho PAGED\ncat\n");
  std::filesystem::permissions(home.folder() / "pager", std::filesystem::perms::owner_all);
  const Words paged = home.Environment({"KIRIKAE_PAGER=" + (home.folder() / "pager")});
  Terminal shown({KIRIKAE, "help", "plan"}, paged);
  EXPECT_EQ(shown.Wait(), 0);
  EXPECT_THAT(shown.shown(), HasSubstr("PAGED"));
  EXPECT_THAT(shown.shown(), HasSubstr("kirikae plan"));
  Terminal bare({KIRIKAE, "help", "plan", "--no-pager"}, paged);
  EXPECT_EQ(bare.Wait(), 0);
  EXPECT_THAT(bare.shown(), Not(HasSubstr("PAGED")));
  EXPECT_THAT(RunProgram({KIRIKAE, "help", "plan"}, paged).out, Not(HasSubstr("PAGED")));
}

TEST(FirstMinutesOf, ColorIsAskedForByItsFlag) {
  const Home home;
  EXPECT_THAT(home.Run({"help", "--color", "always"}).out, HasSubstr(kBegin));
  EXPECT_THAT(home.Run({"help"}).out, Not(HasSubstr(kBegin)));
  Terminal terminal({KIRIKAE, "--color=never", "help"}, home.Environment());
  terminal.Wait();
  EXPECT_THAT(terminal.shown(), Not(HasSubstr(kBegin)));
  EXPECT_EQ(home.Run({"help", "--color", "sometimes"}).exit_code, 2);
}

// A small ward that serves, and a home without anything in it.
class NewUser : public ::testing::Test {
 protected:
  NewUser() { ImportDevices(daemon_, {{"A", 3, "総務部/総務課"}, {"B", 2, "税務部/課税課"}}); }

  std::string StateOf(const ProgramResult& doctor, const std::string& check,
                      const std::string& field = "state") const {
    const auto answer = ReadStruct(doctor.out);
    for (const auto& each : answer.fields().at("checks").list_value().values()) {
      const auto& fields = each.struct_value().fields();
      if (fields.at("check").string_value() == check) return fields.at(field).string_value();
    }
    return "";
  }
  void LogIn() {
    const ProgramResult result =
        home_.Run({"login", daemon_.address()}, ReadFile(daemon_.token_file()));
    ASSERT_EQ(result.exit_code, 0) << result.err;
  }

  Daemon daemon_;
  Home home_;
};

TEST_F(NewUser, LogsOnOnATerminalWithoutShowingTheTokenAndThenNeedsNoFlag) {
  Terminal terminal({KIRIKAE, "login", daemon_.address(), "--name", "ward"}, home_.Environment());
  ASSERT_TRUE(terminal.WaitFor("Token"));
  terminal.Send(daemon_.admin_token() + "\n");
  EXPECT_EQ(terminal.Wait(), 0) << terminal.shown();
  EXPECT_THAT(terminal.shown(), Not(HasSubstr(daemon_.admin_token())));
  struct stat info {};
  ASSERT_EQ(stat(home_.contexts().c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777U, 0600U);
  EXPECT_EQ(home_.Run({"whoami"}).exit_code, 0);
  EXPECT_EQ(home_.Run({"context", "list", "-o", "name"}).out, "ward\n");
  EXPECT_THAT(home_.Run({"context", "show", "-o", "json"}).out, Not(HasSubstr("krk_")));

  EXPECT_EQ(home_.Run({"logout"}).exit_code, 0);
  EXPECT_EQ(home_.Run({"whoami"}).exit_code, 5);
  EXPECT_THAT(home_.Run({"whoami"}).err, HasSubstr("kirikae login"));
}

TEST_F(NewUser, AnInterruptedLogOnLeavesATerminalThatShowsWhatIsTyped) {
  Terminal terminal({"/bin/bash", "-c",
                     "trap : INT; \"$K\" login " + daemon_.address() +
                         "; stty -a | grep -qE '(^| )-echo( |$)' && echo HIDDEN; echo END"},
                    home_.Environment({"K=" + std::string(KIRIKAE)}));
  ASSERT_TRUE(terminal.WaitFor("Token"));
  terminal.Send("\x03");
  ASSERT_TRUE(terminal.WaitFor("END")) << terminal.shown();
  EXPECT_THAT(terminal.shown(), Not(HasSubstr("HIDDEN")));
}

TEST_F(NewUser, ARefusedTokenIsNotStored) {
  const ProgramResult refused = home_.Run({"login", daemon_.address()}, "krk_wrong\n");
  EXPECT_EQ(refused.exit_code, 5) << refused.err;
  EXPECT_FALSE(std::filesystem::exists(home_.contexts()));
  EXPECT_EQ(home_.Run({"login", daemon_.address()}, "").exit_code, 2);
}

TEST_F(NewUser, FlagsAndVariablesGoBeforeTheContextAndItsTokenGoesNowhereElse) {
  LogIn();
  const Daemon other;
  const ProgramResult elsewhere = home_.Run({"whoami", "--server", other.address()});
  EXPECT_EQ(elsewhere.exit_code, 5) << "the token of one service is not sent to another";
  EXPECT_EQ(home_.Run({"whoami"}, "", {"KIRIKAE_SERVER=127.0.0.1:1"}).exit_code, 6);
  ASSERT_EQ(
      home_.Run({"login", other.address(), "--name", "other", "--token-file", other.token_file()})
          .exit_code,
      0);
  EXPECT_EQ(home_.Run({"device", "list", "-o", "name"}).out, "") << "the newest is in use";
  EXPECT_THAT(home_.Run({"device", "list", "-o", "name", "--context", daemon_.address()}).out,
              HasSubstr("devices/A-01"));
  EXPECT_EQ(home_.Run({"context", "use", daemon_.address()}).exit_code, 0);
  EXPECT_THAT(home_.Run({"device", "list", "-o", "name"}).out, HasSubstr("devices/A-01"));
  EXPECT_THAT(home_.Run({"context", "use", "othr"}).err, HasSubstr("Did you mean other?"));
  EXPECT_EQ(home_.Run({"context", "delete", "other"}).exit_code, 0);
  EXPECT_EQ(home_.Run({"context", "show", "other"}).exit_code, 3);
}

TEST_F(NewUser, AFileOfContextsThatOthersCanReadIsRefused) {
  LogIn();
  ASSERT_EQ(chmod(home_.contexts().c_str(), 0644), 0);
  const ProgramResult refused = home_.Run({"whoami", "-o", "json"});
  EXPECT_EQ(OutcomeOf(refused).reason, "CONTEXT_FILE_OPEN_TO_OTHERS");
  EXPECT_EQ(refused.exit_code, 2);
  WriteFile(home_.contexts(), "current: [");
  ASSERT_EQ(chmod(home_.contexts().c_str(), 0600), 0);
  EXPECT_EQ(OutcomeOf(home_.Run({"whoami", "-o", "json"})).reason, "CONTEXT_FILE_UNREADABLE");
}

TEST_F(NewUser, TheDoctorNamesEachFaultAndWhatToDo) {
  const Words json = {"doctor", "-o", "json"};
  ProgramResult doctor = home_.Run(json, "", {"KIRIKAE_SERVER=127.0.0.1:1"});
  EXPECT_EQ(doctor.exit_code, 1);
  EXPECT_EQ(StateOf(doctor, "address", "reason"), "UNREACHABLE");
  EXPECT_EQ(StateOf(doctor, "token", "reason"), "NO_TOKEN");

  doctor = home_.Run(json, "", {"KIRIKAE_SERVER=" + daemon_.address()});
  EXPECT_EQ(StateOf(doctor, "address"), "OK");
  EXPECT_EQ(StateOf(doctor, "token", "reason"), "NO_TOKEN");
  EXPECT_THAT(StateOf(doctor, "token", "advice"), HasSubstr("kirikae login"));

  LogIn();
  doctor = home_.Run(json);
  // The test's daemon lives in April 2025.
  EXPECT_EQ(doctor.exit_code, 1) << doctor.out;
  EXPECT_EQ(StateOf(doctor, "token"), "OK");
  EXPECT_THAT(StateOf(doctor, "token", "finding"), HasSubstr("600"));
  EXPECT_EQ(StateOf(doctor, "clock", "reason"), "CLOCKS_DIFFER");
  EXPECT_EQ(StateOf(doctor, "version"), "OK");
}

TEST(Doctor, FindsNothingWhereAllIsWell) {
  const Daemon daemon({"--allow-self-approval"});
  const ProgramResult doctor = daemon.Run({"doctor"});
  EXPECT_EQ(doctor.exit_code, 0) << doctor.out;
  int good = 0;
  for (const std::string& line : LinesOf(doctor.out)) good += line.starts_with("good ") ? 1 : 0;
  EXPECT_EQ(good, 5) << doctor.out;
}

TEST(Doctor, TellsWhyACertificateIsNotTrusted) {
  const TemporaryFolder folder;
  for (const char* name : {"tls", "other"}) {
    ASSERT_EQ(RunProgram({KIRIKAED, "certificate", "--to", folder / name, "--host", "localhost"})
                  .exit_code,
              0);
  }
  const Daemon daemon({"--now", kTestDay, "--tls-cert", folder / "tls/server.crt", "--tls-key",
                       folder / "tls/server.key"});
  const std::string port = daemon.address().substr(daemon.address().rfind(':'));
  const auto reason = [&](const std::string& host, const std::string& ca) {
    const ProgramResult doctor =
        RunProgram({KIRIKAE, "doctor", "-o", "jsonl", "--server", host + port, "--ca", folder / ca,
                    "--token-file", daemon.token_file()});
    const Words lines = LinesOf(doctor.out);
    EXPECT_EQ(lines.size(), 5U) << doctor.out << doctor.err;
    return ReadStruct(lines.at(1)).fields().at("reason").string_value();
  };
  EXPECT_EQ(reason("localhost", "tls/ca.crt"), "");
  EXPECT_EQ(reason("localhost", "other/ca.crt"), "CERTIFICATE_UNTRUSTED");
  EXPECT_EQ(reason("127.0.0.1", "tls/ca.crt"), "CERTIFICATE_OTHER_NAME");
  const Daemon plain;
  const ProgramResult doctor = plain.Run({"doctor", "-o", "json", "--ca", folder / "tls/ca.crt"});
  EXPECT_THAT(doctor.out, HasSubstr("NO_TLS"));
}

// What the shells ask for.
class Completion : public ::testing::Test {
 protected:
  static constexpr char kRollout[] = R"(phases:
  - { id: p1, select: 'department : "総務部"', gate: { success_rate: 90%, minimum_sample: 3 } }
  - { id: p2, select: "", gate: { success_rate: 90%, minimum_sample: 3 } }
teams: [ { id: hanzo, minutes_per_slot: 210, sites: [] } ]
calendar: { slots: [day], first_day: 2025-04-02 }
)";

  Completion() {
    ImportDevices(daemon_, {{"A", 4, "総務部/総務課"}, {"B", 2, "税務部/課税課"}});
    ApplyRollout(daemon_, kRollout);
    ApprovePlan(daemon_, 1);
  }

  // The candidates without what they are.
  Words After(const Words& words) const {
    Words all = {KIRIKAE, "__complete"};
    all.insert(all.end(), words.begin(), words.end());
    const ProgramResult result =
        RunProgram(all, home_.Environment({"KIRIKAE_SERVER=" + daemon_.address(),
                                           "KIRIKAE_TOKEN_FILE=" + daemon_.token_file()}));
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_THAT(result.err, IsEmpty());
    Words candidates;
    for (const std::string& line : LinesOf(result.out)) {
      candidates.push_back(line.substr(0, line.find('\t')));
    }
    return candidates;
  }

  Daemon daemon_;
  Home home_;
};

TEST_F(Completion, KnowsCommandsFlagsAndValues) {
  EXPECT_THAT(After({"devi"}), ElementsAre("device"));
  EXPECT_THAT(After({"device", "hi"}), ElementsAre("history"));
  EXPECT_THAT(After({"help", "plan", "su"}), ElementsAre("submit"));
  EXPECT_THAT(After({"due", "--te"}), ElementsAre("--team"));
  EXPECT_THAT(After({"due", "--dry"}), ElementsAre("--dry-run"));
  EXPECT_THAT(After({"due", "--lang", ""}), ElementsAre("ja", "en"));
  EXPECT_THAT(After({"due", "--lang=j"}), ElementsAre("--lang=ja"));
  EXPECT_THAT(After({"due", "--lang", "=", "j"}), ElementsAre("ja")) << "as bash splits it";
  EXPECT_THAT(After({"due", "-o", "js"}), ElementsAre("json", "jsonl"));
  EXPECT_THAT(After({"mark", "failed", "A-01", "--cause", "CAM"}), ElementsAre("CAMERA_FAULT"));
  EXPECT_THAT(After({"token", "create", "x", "--role", "a"}),
              ElementsAre("approver", "auditor", "admin"));
  EXPECT_THAT(After({"completion", ""}), ElementsAre("bash", "zsh", "fish"));
}

TEST_F(Completion, KnowsWhatTheServiceHasNow) {
  EXPECT_THAT(After({"device", "show", "A-"}), ElementsAre("A-01", "A-02", "A-03", "A-04"));
  EXPECT_THAT(After({"mark", "migrated", "A-01", "B"}), ElementsAre("B-01", "B-02"));
  EXPECT_THAT(After({"lookup", "総務"}), ElementsAre("総務部", "総務課"));
  EXPECT_THAT(After({"device", "list", "--filter", "department : \"税"}),
              ElementsAre("department : \"税務部\"", "department : \"税務部/課税課\""));
  EXPECT_THAT(After({"plan", "show", ""}), ElementsAre("1"));
  EXPECT_THAT(After({"wave", "show", ""}), Contains("1"));
  EXPECT_THAT(After({"phase", "show", ""}), ElementsAre("p1", "p2"));
  EXPECT_THAT(After({"plan", "what-if", "--phase-delay", "p"}), ElementsAre("p1=", "p2="));
  EXPECT_THAT(After({"due", "--team", "h"}), ElementsAre("hanzo"));
  EXPECT_THAT(After({"rollout", "show", ""}), ElementsAre("small"));
}

TEST_F(Completion, SaysNothingWhereNothingIsKnown) {
  EXPECT_THAT(After({"no", "such", "command", ""}), IsEmpty());
  EXPECT_THAT(After({"device", "show", "A-01", ""}), IsEmpty());
  EXPECT_THAT(After({"import", "devices", ""}), IsEmpty());
  EXPECT_THAT(After({"--server", "127.0.0.1:1", "device", "show", ""}), IsEmpty());
  EXPECT_THAT(After({"--server", "http://x", "device", "show", ""}), IsEmpty());
  EXPECT_THAT(After({"--token-file", "/nowhere", "device", "show", ""}), IsEmpty());
  daemon_.Kill();
  EXPECT_THAT(After({"device", "show", ""}), IsEmpty());
}

TEST_F(Completion, BashCompletesWithIt) {
  const std::string script = R"(source <("$K" completion bash)
kirikae() { "$K" "$@"; }
COMP_WORDS=("$K" device show A-0) COMP_CWORD=3
_kirikae
printf '%s\n' "${COMPREPLY[@]}"
)";
  const ProgramResult result = RunProgram(
      {"/bin/bash", "-c", script},
      home_.Environment({"K=" + std::string(KIRIKAE), "KIRIKAE_SERVER=" + daemon_.address(),
                         "KIRIKAE_TOKEN_FILE=" + daemon_.token_file()}));
  EXPECT_EQ(result.out, "A-01\nA-02\nA-03\nA-04\n") << result.err;
}

TEST(RolloutExplain, KnowsKeysByTheirLastPartAndSuggests) {
  const Home home;
  EXPECT_THAT(home.Run({"rollout", "explain", "visit_minutes"}).out,
              StartsWith("policy.visit_minutes\n"));
  EXPECT_THAT(home.Run({"rollout", "explain", "phases[0].gate.aproval"}).err,
              HasSubstr("phases.gate.approval"));
  const ProgramResult several = home.Run({"rollout", "explain", "select", "-o", "json"});
  EXPECT_EQ(several.exit_code, 3);
  EXPECT_EQ(OutcomeOf(several).reason, "UNKNOWN_KEY");
  EXPECT_GT(ReadStruct(home.Run({"rollout", "explain", "-o", "json"}).out)
                .fields()
                .at("keys")
                .list_value()
                .values_size(),
            60);
}

}  // namespace
}  // namespace kirikae::testing
