#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "client/cli/catalogue.h"
#include "client/cli/commands.h"
#include "client/cli/help.h"
#include "client/cli/man_page.h"
#include "client/cli/program.h"
#include "client/cli/usage.h"
#include "client/cli/version.h"

namespace kirikae::cli {
namespace {

// The page of a noun in the language that is chosen now; "" is the program itself.
std::string FreshManPage(const std::string& noun) {
  Session session;
  Program program(session);
  return ManPageOf(noun.empty() ? program : *program.get_subcommand(noun));
}

void WriteAll(CLI::App& app, const std::string& folder) {
  std::vector<std::string> nouns = {""};
  for (const CLI::App* const noun : app.get_subcommands([](CLI::App*) { return true; })) {
    nouns.push_back(noun->get_name());
  }
  WriteManPages(folder, nouns, FreshManPage);
}

}  // namespace

void AddHelp(CLI::App& app, Session& session) {
  auto* const help = app.add_subcommand("help", Tr("the help of a command"));
  const auto words = std::make_shared<std::vector<std::string>>();
  help->add_option("COMMAND", *words, Tr("such as: plan show; all commands when left out"));
  const auto man = std::make_shared<bool>(false);
  help->add_flag("--man", *man, Tr("as a man page"));
  const auto folder = std::make_shared<std::string>();
  help->add_option("--man-to", *folder,
                   Tr("write the man pages of all commands in both languages into this folder"));
  help->callback([&app, words, man, folder] {
    if (!folder->empty()) {
      WriteAll(app, *folder);
      return;
    }
    CLI::App& command = FindCommand(app, *words);
    std::cout << (*man ? ManPageOf(command) : ToText(PageOf(command), HelpWidth()));
  });
  app.add_subcommand("version", Tr("print the version"))->callback([&session] {
    if (IsJson(session.form)) {
      std::cout << R"({"version": ")" << Version() << "\"}\n";
      return;
    }
    std::cout << "kirikae " << Version() << "\n";
  });
}

}  // namespace kirikae::cli
