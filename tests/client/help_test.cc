// The pages of help: what every command's has, in both languages.
#include "client/cli/help.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <sstream>
#include <string>
#include <vector>

#include "client/cli/catalogue.h"
#include "client/cli/choices.h"
#include "client/cli/failure.h"
#include "client/cli/line_breaks.h"
#include "client/cli/man_page.h"
#include "client/cli/printer.h"
#include "client/cli/program.h"
#include "client/cli/usage.h"

namespace kirikae::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class Help : public ::testing::Test {
 protected:
  ~Help() override { SetLanguage(Language::kEnglish); }
};

void Visit(CLI::App& command, const std::function<void(CLI::App&)>& visit) {
  visit(command);
  for (CLI::App* const sub : command.get_subcommands([](CLI::App* each) {
         return !each->get_name().empty() && !each->get_group().empty();
       })) {
    Visit(*sub, visit);
  }
}

bool HasJapanese(const std::string& text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return (c & 0x80) != 0; });
}

struct Stop {};

// The arguments of an example's part that runs kirikae; empty where it has none.
std::vector<std::string> ArgumentsOf(const std::string& line) {
  std::string part = line.substr(0, line.find_first_of("|<>"));
  constexpr char kProgram[] = "kirikae ";
  if (!part.starts_with(kProgram)) return {};
  return CLI::detail::split_up(part.substr(sizeof(kProgram) - 1));
}

TEST_F(Help, EveryCommandBeginsWithExamplesThatTheProgramTakes) {
  Session all_session;
  Program all(all_session);
  int parsed = 0;
  Visit(all, [&](CLI::App& command) {
    const HelpPage page = PageOf(command);
    EXPECT_FALSE(page.examples.empty()) << page.command;
    for (const Example& example : page.examples) {
      std::vector<std::string> arguments = ArgumentsOf(example.line);
      if (arguments.empty()) continue;
      std::reverse(arguments.begin(), arguments.end());
      Session session;
      Program program(session);
      program.set_before([](CLI::App&) { throw Stop(); });
      EXPECT_THROW(program.parse(std::move(arguments)), Stop) << example.line;
      ++parsed;
    }
  });
  EXPECT_GT(parsed, 100);
}

TEST_F(Help, EveryTextIsInTheChosenLanguage) {
  SetLanguage(Language::kJapanese);
  Session session;
  Program program(session);
  Visit(program, [](CLI::App& command) {
    const HelpPage page = PageOf(command);
    EXPECT_TRUE(HasJapanese(page.summary)) << page.command;
    for (const HelpGroup& group : page.groups) {
      EXPECT_TRUE(HasJapanese(group.title)) << page.command << " " << group.title;
      for (const HelpEntry& entry : group.entries) {
        EXPECT_TRUE(HasJapanese(entry.text)) << page.command << " " << entry.name;
      }
    }
  });
  EXPECT_THAT(ToText(PageOf(program), 80), Not(HasSubstr("Print this help")));
}

TEST_F(Help, NoTextIsWiderThanTheTerminal) {
  for (const Language language : {Language::kEnglish, Language::kJapanese}) {
    SetLanguage(language);
    Session session;
    Program program(session);
    for (const int width : {80, 120}) {
      Visit(program, [width](CLI::App& command) {
        const HelpPage page = PageOf(command);
        std::istringstream lines(ToText(page, width));
        for (std::string line; std::getline(lines, line);) {
          // What is typed is not broken.
          const bool is_example =
              line.starts_with("  ") &&
              std::any_of(page.examples.begin(), page.examples.end(),
                          [&](const Example& example) { return line.substr(2) == example.line; });
          if (!is_example) {
            EXPECT_LE(DisplayWidth(line), width) << line;
          }
        }
      });
    }
  }
}

TEST_F(Help, ALineOfJapaneseIsBrokenWhereItMayBe) {
  SetLanguage(Language::kJapanese);
  const std::string wrapped = Wrapped("端末の一覧を、所属ごとに表示します。", 12, 0);
  EXPECT_THAT(wrapped, HasSubstr("\n"));
  std::istringstream lines(wrapped);
  for (std::string line; std::getline(lines, line);) {
    EXPECT_LE(DisplayWidth(line), 12) << line;
    EXPECT_THAT(line, Not(StartsWith("、"))) << wrapped;
    EXPECT_THAT(line, Not(StartsWith("。"))) << wrapped;
  }
}

TEST_F(Help, WhatIsTypedIsNotBrokenAtItsHyphens) {
  EXPECT_EQ(Wrapped("give --token-file or --no-headers", 18, 0),
            "give --token-file\nor --no-headers\n");
}

// The usage error that the arguments give.
std::string ErrorOf(std::vector<std::string> arguments) {
  Session session;
  Program program(session);
  program.set_before([](CLI::App&) { throw Stop(); });
  std::reverse(arguments.begin(), arguments.end());
  try {
    program.parse(std::move(arguments));
  } catch (const CLI::ParseError& error) {
    return UsageOf(program, error).sentence;
  } catch (const Failure& failure) {
    return failure.sentence;
  } catch (const Stop&) {
  }
  return "";
}

TEST_F(Help, WhatIsNearIsSuggested) {
  EXPECT_THAT(ErrorOf({"devise", "list"}), HasSubstr("Did you mean device?"));
  EXPECT_THAT(ErrorOf({"device", "lst"}), HasSubstr("Did you mean list?"));
  EXPECT_THAT(ErrorOf({"migrated", "TSM-00001"}), HasSubstr("Did you mean kirikae mark migrated?"));
  EXPECT_THAT(ErrorOf({"device", "list", "--fliter", "x"}), HasSubstr("Did you mean --filter?"));
  EXPECT_THAT(ErrorOf({"device", "list", "--out", "csv"}), HasSubstr("--out"));
  EXPECT_THAT(ErrorOf({"device", "list", "-o", "tabel"}), HasSubstr("Did you mean table?"));
  EXPECT_THAT(ErrorOf({"due", "--lang", "jp"}), HasSubstr("ja"));
  EXPECT_THAT(ErrorOf({"help", "plam"}), Not(HasSubstr("plan")))
      << "help looks for its words itself";
}

TEST_F(Help, EachUsageErrorNamesWhatIsWrong) {
  EXPECT_THAT(ErrorOf({"device", "show"}), HasSubstr("TAG"));
  EXPECT_THAT(ErrorOf({"mark", "failed", "A-01"}), HasSubstr("--cause"));
  EXPECT_THAT(ErrorOf({"device", "list", "--filter"}), HasSubstr("--filter"));
  EXPECT_THAT(ErrorOf({"due", "--timeout", "0"}), HasSubstr("3600"));
  EXPECT_THAT(ErrorOf({"due", "extra"}), HasSubstr("extra"));
  EXPECT_THAT(ErrorOf({"calendar", "set", "6/2"}), HasSubstr("--closed"));
  EXPECT_THAT(ErrorOf({"plan"}), HasSubstr("kirikae plan"));
  EXPECT_THAT(ErrorOf({"due", "--team", "a", "--team", "b"}), HasSubstr("--team"));
}

TEST_F(Help, NoUsageErrorIsInEnglishOnly) {
  SetLanguage(Language::kJapanese);
  const std::vector<std::vector<std::string>> mistakes = {
      {"devise"},
      {"device", "lst"},
      {"device", "list", "--fliter", "x"},
      {"device", "list", "-o", "tabel"},
      {"device", "show"},
      {"mark", "failed", "A-01"},
      {"device", "list", "--filter"},
      {"due", "--timeout", "x"},
      {"due", "extra"},
      {"calendar", "set", "6/2"},
      {"calendar", "set", "6/2", "--open", "--closed"},
      {"plan"},
      {"due", "--team", "a", "--team", "b"},
      {"token", "create", "x", "--role", "viewer", "--days", "many"}};
  for (const auto& mistake : mistakes) {
    const std::string error = ErrorOf(mistake);
    EXPECT_TRUE(HasJapanese(error)) << mistake[0] << ": " << error;
    for (const char* english : {"required", "expected", "received", "Could not", "not in"}) {
      EXPECT_THAT(error, Not(HasSubstr(english)));
    }
  }
}

TEST_F(Help, AManPageHasWhatHelpHas) {
  Session session;
  Program program(session);
  const std::string page = ManPageOf(*program.get_subcommand("mark"));
  EXPECT_THAT(page, HasSubstr(".TH KIRIKAE-MARK 1"));
  EXPECT_THAT(page, HasSubstr(".SH \"EXAMPLES\""));
  EXPECT_THAT(page, HasSubstr("\\fB\\-\\-cause …\\fR"));
  std::istringstream lines(page);
  for (std::string line; std::getline(lines, line);) {
    EXPECT_THAT(line, Not(StartsWith("'")));
  }
}

}  // namespace
}  // namespace kirikae::cli
