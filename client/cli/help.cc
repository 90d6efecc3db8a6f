#include "client/cli/help.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "absl/strings/str_join.h"
#include "client/cli/catalogue.h"
#include "client/cli/line_breaks.h"
#include "client/cli/paint.h"
#include "client/cli/printer.h"
#include "client/cli/usage.h"

namespace kirikae::cli {
namespace {

constexpr int kIndent = 2;
constexpr int kWidestName = 30;

bool TakesValue(const CLI::Option& option) { return option.get_items_expected_max() > 0; }

std::string ArgumentName(const CLI::Option& option) {
  std::string name = option.get_name(true);
  if (option.get_expected_max() > 1) name += "…";
  return option.get_required() ? name : "[" + name + "]";
}

std::string FlagName(const CLI::Option& option) {
  std::vector<std::string> names;
  for (const std::string& name : option.get_snames()) names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) names.push_back("--" + name);
  return absl::StrJoin(names, ", ") + (TakesValue(option) ? " …" : "");
}

std::vector<CLI::Option*> OptionsOf(CLI::App& command, bool positional) {
  std::vector<CLI::Option*> options = command.get_options([&](CLI::Option* option) {
    return !option->get_group().empty() && option->get_positional() == positional;
  });
  // A choice of flags stands in a group without a name.
  for (CLI::App* const group :
       command.get_subcommands([](CLI::App* sub) { return sub->get_name().empty(); })) {
    const std::vector<CLI::Option*> more = OptionsOf(*group, positional);
    options.insert(options.end(), more.begin(), more.end());
  }
  return options;
}

std::string UsageLine(CLI::App& command, bool has_commands) {
  std::string usage = PathOf(command);
  if (has_commands) return usage + " " + Tr("COMMAND") + " …";
  for (const CLI::Option* const option : OptionsOf(command, true)) {
    usage += " " + ArgumentName(*option);
  }
  for (const CLI::Option* const option : OptionsOf(command, false)) {
    if (option->get_required()) usage += " " + FlagName(*option);
  }
  return usage + " [" + Tr("FLAGS") + "]";
}

// Commands by the titles of their groups, in the order of their first ones.
std::vector<HelpGroup> CommandsOf(CLI::App& command) {
  std::vector<HelpGroup> groups;
  for (const CLI::App* const sub :
       command.get_subcommands([](CLI::App* each) { return !each->get_name().empty(); })) {
    if (sub->get_group().empty()) continue;
    const std::string title = sub->get_group() == "Subcommands" ? Tr("Commands") : sub->get_group();
    auto group = std::find_if(groups.begin(), groups.end(),
                              [&](const HelpGroup& each) { return each.title == title; });
    if (group == groups.end()) group = groups.insert(groups.end(), HelpGroup{title, {}});
    group->entries.push_back({sub->get_name(), sub->get_description()});
  }
  return groups;
}

// The path without the program's name, as examples are kept by.
std::string KeyOf(const std::string& path) {
  const size_t space = path.find(' ');
  return space == std::string::npos ? "" : path.substr(space + 1);
}

std::string EntryText(const HelpEntry& entry, int name_width, int width) {
  const int column = kIndent + name_width + kIndent;
  const std::string text = Wrapped(entry.text, width, column);
  const int used = kIndent + DisplayWidth(entry.name);
  std::string line = std::string(kIndent, ' ') + Paint(Tone::kTitle, entry.name);
  if (text.empty()) return line + "\n";
  if (used + kIndent > column) return line + "\n" + text;
  line.append(static_cast<size_t>(column - used), ' ');
  return line + text.substr(static_cast<size_t>(column));
}

std::string GroupText(const HelpGroup& group, int width) {
  int name_width = 0;
  for (const HelpEntry& entry : group.entries) {
    if (DisplayWidth(entry.name) <= kWidestName) {
      name_width = std::max(name_width, DisplayWidth(entry.name));
    }
  }
  std::string text = "\n" + Paint(Tone::kTitle, group.title) + "\n";
  for (const HelpEntry& entry : group.entries) text += EntryText(entry, name_width, width);
  return text;
}

}  // namespace

std::string Wrapped(const std::string& text, int width, int indent) {
  std::string wrapped;
  if (text.empty()) return wrapped;
  for (const std::string& line : BrokenLines(text, width - indent)) {
    wrapped += std::string(static_cast<size_t>(indent), ' ') + line + "\n";
  }
  return wrapped;
}

int HelpWidth() {
  constexpr int kUsual = 80;
  winsize size{};
  const char* const columns = std::getenv("COLUMNS");
  int width = columns == nullptr ? 0 : std::atoi(columns);
  if (width == 0 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) width = size.ws_col;
  return width == 0 ? kUsual : std::clamp(width, 40, 100);
}

HelpPage PageOf(CLI::App& command) {
  HelpPage page{.command = PathOf(command),
                .summary = command.get_description(),
                .examples = ExamplesOf(KeyOf(PathOf(command))),
                .usage = "",
                .groups = CommandsOf(command),
                .flags_of_all = {}};
  page.usage = UsageLine(command, !page.groups.empty());
  HelpGroup arguments{Tr("Arguments"), {}};
  for (const CLI::Option* const option : OptionsOf(command, true)) {
    arguments.entries.push_back({ArgumentName(*option), option->get_description()});
  }
  HelpGroup flags{command.get_parent() == nullptr ? Tr("Flags of every command") : Tr("Flags"), {}};
  for (const CLI::Option* const option : OptionsOf(command, false)) {
    if (option == command.get_help_ptr() && command.get_parent() != nullptr) continue;
    std::string text = option->get_description();
    if (option->get_required()) text += " " + Tr("(required)");
    if (!option->get_envname().empty()) text += " [$" + option->get_envname() + "]";
    flags.entries.push_back({FlagName(*option), text});
  }
  if (!arguments.entries.empty()) page.groups.push_back(std::move(arguments));
  if (!flags.entries.empty()) page.groups.push_back(std::move(flags));
  CLI::App* program = &command;
  while (program->get_parent() != nullptr) program = program->get_parent();
  if (program == &command) return page;
  for (const CLI::Option* const option : OptionsOf(*program, false)) {
    if (!option->get_lnames().empty()) page.flags_of_all.push_back("--" + option->get_lnames()[0]);
  }
  return page;
}

std::string ToText(const HelpPage& page, int width) {
  std::string text = Wrapped(page.command + ": " + page.summary, width, 0);
  text += "\n" + Paint(Tone::kTitle, Tr("Examples")) + "\n";
  for (const Example& example : page.examples) {
    if (!example.does.empty()) text += Wrapped("# " + example.does, width, kIndent);
    text += std::string(kIndent, ' ') + example.line + "\n";
  }
  text += "\n" + Paint(Tone::kTitle, Tr("Usage")) + "\n" + Wrapped(page.usage, width, kIndent);
  for (const HelpGroup& group : page.groups) text += GroupText(group, width);
  if (page.flags_of_all.empty()) {
    return text + "\n" + Wrapped(Tr("More about a command: kirikae help COMMAND"), width, 0);
  }
  return text + "\n" +
         Wrapped(Tr("Every command also takes (see kirikae help): $0",
                    {absl::StrJoin(page.flags_of_all, " ")}),
                 width, 0);
}

}  // namespace kirikae::cli
