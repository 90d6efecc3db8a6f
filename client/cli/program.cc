#include "client/cli/program.h"

#include <map>

#include "absl/strings/str_split.h"
#include "client/cli/catalogue.h"
#include "client/cli/choices.h"
#include "client/cli/commands.h"
#include "client/cli/usage.h"
#include "client/cli/version.h"

namespace kirikae::cli {
namespace {

const std::map<std::string, Form> kForms = {{"table", Form::kTable}, {"wide", Form::kWide},
                                            {"json", Form::kJson},   {"jsonl", Form::kJsonLines},
                                            {"csv", Form::kCsv},     {"name", Form::kName}};

// Where the service is and who calls.
void AddConnectionFlags(CLI::App& app, Session& session) {
  app.add_option("--server", session.server, Tr("address of the service, HOST:PORT or unix:PATH"))
      ->envname("KIRIKAE_SERVER");
  app.add_option("--token-file", session.token_file, Tr("file that holds your token"))
      ->envname("KIRIKAE_TOKEN_FILE");
  app.add_option("--context", session.context,
                 Tr("stored address and token to use; see kirikae context list"))
      ->envname("KIRIKAE_CONTEXT");
  app.add_option("--ca", session.ca,
                 Tr("file of the authorities that the service's certificate is checked with (PEM)"))
      ->envname("KIRIKAE_CA");
  app.add_option("--cert", session.cert, Tr("file of your own certificate (PEM)"))
      ->envname("KIRIKAE_CERT");
  app.add_option("--key", session.key, Tr("file of its key (PEM)"))->envname("KIRIKAE_KEY");
}

// Language, colour and pager: main reads them before the rest is parsed, because help and errors
// need them.
void AddLookFlags(CLI::App& app, Session& session) {
  app.add_option("--lang", session.language, Tr("ja or en"))->check(OneOf({"ja", "en"}));
  app.add_option("--color", session.color, Tr("auto, always or never"))
      ->check(OneOf({"auto", "always", "never"}));
  app.add_flag("--no-pager", session.no_pager, Tr("do not show long output in a pager"));
}

void AddGlobalFlags(CLI::App& app, Session& session) {
  constexpr int kLongestWait = 3600;
  AddConnectionFlags(app, session);
  app.add_option("-o,--output", session.form, Tr("table, wide, json, jsonl, csv or name"))
      ->transform(OneOf(kForms));
  AddLookFlags(app, session);
  app.add_option_function<std::string>(
      "--columns",
      [&session](const std::string& ids) { session.columns = absl::StrSplit(ids, ','); },
      Tr("the columns to show, as CSV names them: asset_tag,department"));
  app.add_flag("--no-headers", session.no_headers, Tr("without the header line"));
  app.add_option("--timeout", session.timeout_seconds, Tr("seconds to wait for an answer"))
      ->check(WholeNumber(1, kLongestWait));
  app.add_flag("-y,--yes", session.yes, Tr("do not ask"));
  app.add_flag("--dry-run", session.dry_run, Tr("check everything and write nothing"));
  app.add_option("--reason", session.reason, Tr("why, for the record"));
}

// Allows the program's flags after the verb too. The words after `help` are arguments, not
// commands.
void FallThrough(CLI::App& app) {
  for (CLI::App* const sub : app.get_subcommands([](CLI::App*) { return true; })) {
    if (sub->get_name() == "help") continue;
    sub->fallthrough();
    FallThrough(*sub);
  }
}

void Group(CLI::App& app) {
  const std::map<std::string, std::vector<std::string>> groups = {
      {Tr("The day's work"), {"lookup", "due", "mark"}},
      {Tr("Devices and people"), {"device", "exception", "staff", "import", "export"}},
      {Tr("Rollouts and plans"), {"rollout", "plan", "readiness", "phase", "wave", "calendar"}},
      {Tr("The record"), {"change", "audit"}},
      {Tr("Connection and access"), {"login", "logout", "context", "doctor", "whoami", "token"}},
      {Tr("This program"), {"help", "completion", "version"}}};
  for (const auto& [title, names] : groups) {
    for (const std::string& name : names) app.get_subcommand(name)->group(title);
  }
}

}  // namespace

Program::Program(Session& session)
    : CLI::App(Tr("the device inventory and rollout client"), "kirikae") {
  set_help_flag("-h,--help", Tr("print this help"));
  set_version_flag("-V,--version", "kirikae " + Version(), Tr("print the version"));
  require_subcommand(1);
  AddGlobalFlags(*this, session);
  for (const auto add :
       {AddLookup, AddDue,     AddMark,    AddDevice, AddException, AddStaff, AddImport,
        AddExport, AddRollout, AddPlan,    AddPhase,  AddReadiness, AddWave,  AddCalendar,
        AddChange, AddAudit,   AddContext, AddDoctor, AddToken,     AddHelp,  AddCompletion}) {
    add(*this, session);
  }
  CLI::App* const help = get_subcommand("help");
  AddLookFlags(*help, session);
  for (CLI::Option* const option : help->get_options([](CLI::Option* each) {
         return each->check_lname("lang") || each->check_lname("color") ||
                each->check_lname("no-pager");
       })) {
    option->group("");
  }
  Group(*this);
  FallThrough(*this);
}

void Program::pre_callback() {
  if (before_) before_(CommandOf(*this));
}

}  // namespace kirikae::cli
