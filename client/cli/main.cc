// kirikae: the command line.
#include <fcntl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "client/cli/catalogue.h"
#include "client/cli/completion.h"
#include "client/cli/help.h"
#include "client/cli/pager.h"
#include "client/cli/paint.h"
#include "client/cli/program.h"
#include "client/cli/session.h"
#include "client/cli/terms.h"
#include "client/cli/text_file.h"
#include "client/cli/usage.h"
#include "kirikae/v1/terms_service.grpc.pb.h"

namespace kirikae::cli {
namespace {

Language LanguageOfEnvironment() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* const value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    return std::string(value).starts_with("ja") ? Language::kJapanese : Language::kEnglish;
  }
  return Language::kEnglish;
}

// The help needs the language, so it is chosen before the flags are parsed.
Language ChooseLanguage(int argc, char** argv) {
  Language language = LanguageOfEnvironment();
  for (int i = 1; i < argc; ++i) {
    const std::string arg = argv[i];
    std::string value;
    if (arg == "--lang" && i + 1 < argc) value = argv[i + 1];
    if (arg.starts_with("--lang=")) value = arg.substr(7);
    if (value == "ja") language = Language::kJapanese;
    if (value == "en") language = Language::kEnglish;
  }
  return language;
}

// Whether -o or --output asks for JSON, for the case that the arguments can't be parsed.
Form ChooseForm(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string arg = argv[i];
    std::string value;
    if ((arg == "-o" || arg == "--output") && i + 1 < argc) value = argv[i + 1];
    if (arg.starts_with("--output=")) value = arg.substr(9);
    if (arg.starts_with("-o") && arg.size() > 2) value = arg.substr(2);
    if (value == "json") return Form::kJson;
    if (value == "jsonl") return Form::kJsonLines;
  }
  return Form::kTable;
}

// Help and errors need it before the flags are parsed.
ColorWhen ChooseColorWhen(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string arg = argv[i];
    const std::string next = i + 1 < argc ? argv[i + 1] : "";
    if (arg == "--color=always" || (arg == "--color" && next == "always")) {
      return ColorWhen::kAlways;
    }
    if (arg == "--color=never" || (arg == "--color" && next == "never")) {
      return ColorWhen::kNever;
    }
  }
  return ColorWhen::kAuto;
}

bool WantsPager(int argc, char** argv) {
  return std::none_of(argv, argv + argc,
                      [](const char* arg) { return std::string_view(arg) == "--no-pager"; });
}

// Commands that only show something, which may be long; the others ask, write, or show it live.
bool IsShown(const CLI::App& command) {
  constexpr std::string_view kShown[] = {"help",     "list",      "show",     "history",
                                         "due",      "explain",   "compare",  "progress",
                                         "forecast", "proposals", "proposal", "checkpoints"};
  const CLI::Option* const watch = command.get_option_no_throw("--watch");
  const bool is_live = watch != nullptr && watch->count() > 0;
  return !is_live &&
         std::find(std::begin(kShown), std::end(kShown), command.get_name()) != std::end(kShown);
}

// Nothing where no word is shown: programs read names. A result is shown though its words don't
// come.
v1::ListTermsResponse AskForTerms(Session& session) {
  constexpr int kSeconds = 10;
  v1::ListTermsResponse terms;
  if (IsJson(session.form) || session.form == Form::kName) return terms;
  grpc::ClientContext context;
  session.Prepare(context, kSeconds);
  const auto stub = v1::TermsService::NewStub(session.Channel());
  const grpc::Status status = stub->ListTerms(&context, v1::ListTermsRequest(), &terms);
  return status.ok() ? terms : v1::ListTermsResponse();
}

// The exit code, once all output has been written: what could not be written is an error.
int Written(int code) {
  std::cout.flush();
  if (std::cout || code != kDone) return code;
  std::cerr << Tr("The output could not be written; the disk may be full.") << "\n";
  return kUsage;
}

void ShowHelp(CLI::App& command, bool paged, Pager& pager) {
  if (paged) pager.Start();
  std::cout << ToText(PageOf(command), HelpWidth());
}

// The parser's error, or its request to print help or the version.
int EndOf(Program& program, const CLI::ParseError& error, Form form, bool paged, Pager& pager) {
  CLI::App& command = CommandOf(program);
  if (error.get_name() == "CallForVersion") {
    std::cout << error.what() << "\n";
    return kDone;
  }
  const bool is_bare = &command == &program && program.remaining(true).empty() &&
                       error.get_name() == "RequiredError";
  if (error.get_name() == "CallForHelp" || (is_bare && !IsJson(form))) {
    ShowHelp(command, paged, pager);
    return kDone;
  }
  const HelpPage page = PageOf(command);
  const bool lacks_verb = command.get_require_subcommand_min() > 0 &&
                          error.get_name() == "RequiredError" && program.remaining(true).empty();
  // The error stands last, where a person looks.
  if (lacks_verb && !IsJson(form)) std::cerr << ToText(page, HelpWidth()) << "\n";
  Say(form, UsageOf(program, error));
  if (lacks_verb || IsJson(form)) return kUsage;
  std::cerr << Tr("Usage: $0", {page.usage}) << "\n";
  if (!page.examples.empty()) std::cerr << Tr("Such as: $0", {page.examples[0].line}) << "\n";
  std::cerr << Tr("More: $0", {page.command + " --help"}) << "\n";
  return kUsage;
}

int Main(int argc, char** argv) {
  constexpr std::string_view kComplete = "__complete";
  if (argc > 1 && argv[1] == kComplete) return Complete({argv + 2, argv + argc});
  ChooseColor(ChooseColorWhen(argc, argv));
  const bool paged = WantsPager(argc, argv);
  const Form form = ChooseForm(argc, argv);
  Session session;
  SetTermsSource([&session] { return AskForTerms(session); });
  Program program(session);
  Pager pager;
  program.set_before([&](CLI::App& command) {
    if (paged && IsShown(command)) pager.Start();
  });
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return EndOf(program, error, form, paged, pager);
  } catch (const Exit& exit) {
    return exit.code;
  } catch (const Failure& failure) {
    pager.Finish();
    Say(form, failure);
    return failure.code;
  }
  session.NoteDryRun();
  return kDone;
}

// Where the caller closed standard input, output or error, the next file or connection would get
// its number, and output would go there. A closed output stays one that can't be written.
void KeepStandardFiles() {
  for (int file = STDIN_FILENO; file <= STDERR_FILENO; ++file) {
    if (fcntl(file, F_GETFD) == -1) open("/dev/null", file == STDERR_FILENO ? O_WRONLY : O_RDONLY);
  }
}

// Main with arguments in UTF-8; a shell may give them in the encoding of a terminal or a file.
int DecodedMain(int argc, char** argv) {
  SetLanguage(ChooseLanguage(argc, argv));
  std::vector<std::string> arguments;
  try {
    arguments = DecodedArguments(argc, argv);
  } catch (const Failure& failure) {
    Say(ChooseForm(argc, argv), failure);
    return failure.code;
  }
  std::vector<char*> pointers;
  pointers.reserve(arguments.size() + 1);
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  return Main(argc, pointers.data());
}

}  // namespace
}  // namespace kirikae::cli

int main(int argc, char** argv) {
  try {
    kirikae::cli::KeepStandardFiles();
    return kirikae::cli::Written(kirikae::cli::DecodedMain(argc, argv));
  } catch (const std::exception& error) {
    std::cerr << "kirikae: " << error.what() << "\n";
    return kirikae::cli::kUnavailable;
  }
}
