// kirikae: the command line.
#include <fcntl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "client/cli/catalogue.h"
#include "client/cli/commands.h"
#include "client/cli/session.h"
#include "client/cli/terms.h"
#include "client/cli/text_file.h"
#include "kirikae/v1/terms_service.grpc.pb.h"

namespace kirikae::cli {
namespace {

const std::map<std::string, Form> kForms = {{"table", Form::kTable}, {"wide", Form::kWide},
                                            {"json", Form::kJson},   {"jsonl", Form::kJsonLines},
                                            {"csv", Form::kCsv},     {"name", Form::kName}};

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

void AddGlobalFlags(CLI::App& app, Session& session) {
  app.add_option("--server", session.server, Tr("address of the service, HOST:PORT or unix:PATH"))
      ->envname("KIRIKAE_SERVER");
  app.add_option("--token-file", session.token_file, Tr("file that holds your token"))
      ->envname("KIRIKAE_TOKEN_FILE");
  app.add_option("--ca", session.ca,
                 Tr("file of the authorities that the service's certificate is checked with (PEM)"))
      ->envname("KIRIKAE_CA");
  app.add_option("--cert", session.cert, Tr("file of your own certificate (PEM)"))
      ->envname("KIRIKAE_CERT");
  app.add_option("--key", session.key, Tr("file of its key (PEM)"))->envname("KIRIKAE_KEY");
  app.add_option("-o,--output", session.form, Tr("table, wide, json, jsonl, csv or name"))
      ->transform(CLI::CheckedTransformer(kForms).description(""));
  app.add_option("--lang", session.language, Tr("ja or en"))->check(CLI::IsMember({"ja", "en"}));
  app.add_flag("--no-headers", session.no_headers, Tr("without the header line"));
  app.add_option("--timeout", session.timeout_seconds, Tr("seconds to wait for an answer"))
      ->check(CLI::Range(1, 3600));
  app.add_flag("-y,--yes", session.yes, Tr("do not ask"));
  app.add_flag("--dry-run", session.dry_run, Tr("check everything and write nothing"));
  app.add_option("--reason", session.reason, Tr("why, for the record"));
}

// Whether -o or --output asks for JSON, for the case that the arguments can't be parsed.
Form ChooseForm(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string arg = argv[i];
    std::string value;
    if ((arg == "-o" || arg == "--output") && i + 1 < argc) value = argv[i + 1];
    if (arg.starts_with("--output=")) value = arg.substr(9);
    if (arg.starts_with("-o") && arg.size() > 2) value = arg.substr(2);
    if (value == "json" || value == "jsonl") return kForms.at(value);
  }
  return Form::kTable;
}

// Allows the program's flags after the verb too.
void FallThrough(CLI::App& app) {
  for (CLI::App* const sub : app.get_subcommands([](CLI::App*) { return true; })) {
    sub->fallthrough();
    FallThrough(*sub);
  }
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

int Main(int argc, char** argv) {
  SetLanguage(ChooseLanguage(argc, argv));
  Session session;
  SetTermsSource([&session] { return AskForTerms(session); });
  CLI::App app(Tr("kirikae: the device inventory and rollout client"), "kirikae");
  app.require_subcommand(1);
  AddGlobalFlags(app, session);
  for (const auto add :
       {AddLookup, AddDevice, AddException, AddStaff, AddImport, AddExport, AddRollout, AddPlan,
        AddPhase, AddWave, AddDue, AddMark, AddCalendar, AddChange, AddAudit, AddToken}) {
    add(app, session);
  }
  app.add_subcommand("version", Tr("print the version"))->callback([] {
    std::cout << "kirikae " << KIRIKAE_VERSION << "\n";
  });
  FallThrough(app);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const Form form = ChooseForm(argc, argv);
    if (error.get_exit_code() == 0 || !IsJson(form)) {
      return app.exit(error) == 0 ? kDone : kUsage;
    }
    Say(form, Usage(error.what()));
    return kUsage;
  } catch (const Exit& exit) {
    return exit.code;
  } catch (const Failure& failure) {
    Say(session.form, failure);
    return failure.code;
  }
  return kDone;
}

// Where the caller closed standard input, output or error, the next file or connection would get
// its number, and output would go there. A closed output stays one that can't be written.
void KeepStandardFiles() {
  for (int file = STDIN_FILENO; file <= STDERR_FILENO; ++file) {
    if (fcntl(file, F_GETFD) == -1) open("/dev/null", file == STDERR_FILENO ? O_WRONLY : O_RDONLY);
  }
}

// The exit code, once all output has been written: what could not be written is an error.
int Written(int code) {
  std::cout.flush();
  if (std::cout || code != kDone) return code;
  std::cerr << Tr("The output could not be written; the disk may be full.") << "\n";
  return kUsage;
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
