#include "client/cli/man_page.h"

#include <filesystem>
#include <fstream>
#include <system_error>

#include "absl/strings/ascii.h"
#include "absl/strings/str_join.h"
#include "client/cli/catalogue.h"
#include "client/cli/failure.h"
#include "client/cli/help.h"
#include "client/cli/line_breaks.h"
#include "client/cli/version.h"

namespace kirikae::cli {
namespace {

// Text that roff takes for nothing but text: no escapes, and no request at the beginning of a line.
std::string Roff(const std::string& text) {
  std::string safe;
  for (const char c : text) {
    if (c == '\\') {
      safe += "\\e";
    } else if (c == '-') {
      safe += "\\-";
    } else if (c == '\'') {
      safe += "\\(aq";
    } else if (c == '`') {
      safe += "\\(ga";
    } else if (c == '^') {
      safe += "\\(ha";
    } else if (c == '~') {
      safe += "\\(ti";
    } else {
      safe += c;
    }
  }
  return safe.starts_with('.') ? "\\&" + safe : safe;
}

// Prose whose lines may end between Japanese words too, which roff can't know.
std::string Prose(const std::string& text) {
  std::string prose;
  for (const std::string& part : UnbrokenParts(text)) {
    if (!prose.empty() && prose.back() != ' ') prose += "\\:";
    prose += Roff(part);
  }
  return prose;
}

std::string Bold(const std::string& text) { return "\\fB" + Roff(text) + "\\fR"; }

std::string Section(const std::string& title) { return ".SH \"" + Roff(title) + "\"\n"; }

std::string ExamplesOf(const HelpPage& page) {
  std::string text;
  for (const Example& example : page.examples) {
    if (!example.does.empty()) text += ".PP\n" + Prose(example.does) + "\n";
    text += ".PP\n.nf\n.RS\n" + Bold(example.line) + "\n.RE\n.fi\n";
  }
  return text;
}

std::string EntriesOf(const HelpGroup& group) {
  std::string text;
  for (const HelpEntry& entry : group.entries) {
    text += ".TP\n" + Bold(entry.name) + "\n" + Prose(entry.text) + "\n";
  }
  return text;
}

// A verb, and the verbs below it, within the page of its noun.
std::string VerbsOf(CLI::App& command) {
  std::string text;
  for (CLI::App* const verb :
       command.get_subcommands([](CLI::App* sub) { return !sub->get_name().empty(); })) {
    const HelpPage page = PageOf(*verb);
    text += ".SS \"" + Roff(page.command) + "\"\n" + Prose(page.summary) + "\n";
    text += ".PP\n" + Roff(page.usage) + "\n" + ExamplesOf(page);
    const std::string below = VerbsOf(*verb);
    if (below.empty()) {
      for (const HelpGroup& group : page.groups) text += EntriesOf(group);
    }
    text += below;
  }
  return text;
}

void Write(const std::string& path, const std::string& text) {
  std::error_code error;
  std::filesystem::create_directories(std::filesystem::path(path).parent_path(), error);
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file) throw Failure(FileUnwritable(path));
}

}  // namespace

std::string ManPageOf(CLI::App& command) {
  const HelpPage page = PageOf(command);
  const bool is_program = command.get_parent() == nullptr;
  std::string name = page.command;
  for (char& c : name) c = c == ' ' ? '-' : c;
  std::string text = ".\\\" Made by: kirikae help --man\n";
  // Lines of Japanese have no spaces that could be widened.
  text += ".TH " + absl::AsciiStrToUpper(name) + " 1 \"\" \"kirikae " + Version() +
          "\" \"kirikae\"\n.nh\n.ad l\n";
  text += Section(Tr("NAME")) + Roff(name) + " \\- " + Prose(page.summary) + "\n";
  text += Section(Tr("SYNOPSIS")) + Bold(page.usage) + "\n";
  text += Section(Tr("EXAMPLES")) + ExamplesOf(page);
  const std::string verbs = is_program ? "" : VerbsOf(command);
  for (const HelpGroup& group : page.groups) {
    text += Section(group.title) + (verbs.empty() ? EntriesOf(group) : "");
  }
  text += verbs;
  if (is_program) {
    text += Section(Tr("EXIT STATUS"));
    text += Prose(Tr("0 done, 1 differences or row errors, 2 usage, 3 not found, 4 conflict or "
                     "precondition, 5 not permitted, 6 unavailable, 7 refused input.")) +
            "\n";
    text += Section(Tr("FILES")) + ".TP\n" + Bold("~/.config/kirikae/contexts.yaml") + "\n" +
            Prose(Tr("addresses and tokens, written by kirikae login")) + "\n";
    return text;
  }
  return text + Section(Tr("SEE ALSO")) + "\\fBkirikae\\fR(1)\n";
}

void WriteManPages(const std::string& folder, const std::vector<std::string>& nouns,
                   const std::function<std::string(const std::string& noun)>& page) {
  const Language chosen = CurrentLanguage();
  for (const Language language : {Language::kEnglish, Language::kJapanese}) {
    SetLanguage(language);
    const std::string place = folder + (language == Language::kJapanese ? "/ja" : "") + "/man1/";
    for (const std::string& noun : nouns) {
      Write(place + "kirikae" + (noun.empty() ? "" : "-" + noun) + ".1", page(noun));
    }
  }
  SetLanguage(chosen);
}

}  // namespace kirikae::cli
