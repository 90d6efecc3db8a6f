#include "client/cli/usage.h"

#include <optional>
#include <utility>
#include <vector>

#include "client/cli/catalogue.h"
#include "client/cli/choices.h"

namespace kirikae::cli {
namespace {

std::vector<CLI::App*> SubcommandsOf(CLI::App& command) {
  return command.get_subcommands(
      [](CLI::App* sub) { return !sub->get_name().empty() && !sub->get_group().empty(); });
}

// The flags of a command and of all above it.
std::vector<std::string> FlagsOf(CLI::App& command) {
  std::vector<std::string> flags;
  for (CLI::App* at = &command; at != nullptr; at = at->get_parent()) {
    for (const CLI::Option* option : at->get_options([](CLI::Option*) { return true; })) {
      for (const std::string& name : option->get_lnames()) flags.push_back("--" + name);
      for (const std::string& name : option->get_snames()) flags.push_back("-" + name);
    }
  }
  return flags;
}

// A verb that was given without its noun, as `kirikae mark migrated` for `migrated`.
std::optional<std::string> WithItsNoun(CLI::App& program, const std::string& verb) {
  for (CLI::App* const noun : SubcommandsOf(program)) {
    for (CLI::App* const sub : SubcommandsOf(*noun)) {
      if (sub->get_name() == verb) return PathOf(*sub);
    }
  }
  return std::nullopt;
}

std::string UnknownFlag(CLI::App& command, const std::string& word) {
  const std::string name = word.substr(0, word.find('='));
  return Tr("$0 takes no flag $1.", {PathOf(command), name}) + DidYouMean(name, FlagsOf(command));
}

// What stands before the first ": ", where the parser puts the name of the flag or argument.
std::string NameIn(const std::string& message) { return message.substr(0, message.find(": ")); }

std::string WithoutEnd(const std::string& text, const std::string& end) {
  return text.ends_with(end) ? text.substr(0, text.size() - end.size()) : text;
}

bool Contains(const std::string& text, const char* part) {
  return text.find(part) != std::string::npos;
}

std::string Missing(const std::string& message) {
  const size_t open = message.find('[');
  if (open != std::string::npos) {
    const std::string choice = message.substr(open + 1, message.find(']') - open - 1);
    return Tr("Give exactly one of $0.", {choice});
  }
  return Tr("$0 is missing.", {WithoutEnd(message, " is required")});
}

std::string Mismatch(const std::string& message) {
  const std::string name = NameIn(message);
  if (Contains(message, "received")) return Tr("$0 may be given only once.", {name});
  if (Contains(message, "override")) {
    return Tr("$0 takes no value.", {message.substr(0, message.find(' '))});
  }
  return Tr("$0 needs a value.", {name});
}

std::string Sentence(CLI::App& program, CLI::App& command, const CLI::ParseError& error) {
  const std::string message = error.what();
  const std::vector<std::string> extra = program.remaining(true);
  // The parser asks for a verb before it looks at what is left, which is a mistyped verb.
  if (!extra.empty()) {
    const std::string& word = extra.front();
    if (word.starts_with("-") && word != "-") return UnknownFlag(command, word);
    if (!SubcommandsOf(command).empty()) return UnknownCommand(program, command, word).sentence;
    return Tr("$0 does not take the argument $1.", {PathOf(command), word});
  }
  if (error.get_name() == "RequiredError" && message == "A subcommand is required") {
    return Tr("$0 needs a verb.", {PathOf(command)});
  }
  if (error.get_name() == "RequiredError") return Missing(message);
  if (error.get_name() == "ArgumentMismatch") return Mismatch(message);
  if (error.get_name() == "ConversionError") {
    return Tr("This value can't be read: $0", {message.substr(message.find(": ") + 2)});
  }
  return Tr("These arguments can't be read.");
}

}  // namespace

Failure UnknownCommand(CLI::App& program, CLI::App& command, const std::string& word) {
  std::vector<std::string> names;
  for (const CLI::App* const sub : SubcommandsOf(command)) names.push_back(sub->get_name());
  std::string sentence = Tr("There is no command $0.", {PathOf(command) + " " + word});
  const std::string near = DidYouMean(word, names);
  if (!near.empty()) return Usage(sentence + near);
  if (const auto whole = WithItsNoun(program, word); whole.has_value() && &command == &program) {
    return Usage(sentence + " " + Tr("Did you mean $0?", {*whole}));
  }
  return Usage(sentence);
}

CLI::App& CommandOf(CLI::App& program) {
  CLI::App* command = &program;
  while (!command->get_subcommands().empty()) command = command->get_subcommands().front();
  return *command;
}

CLI::App& FindCommand(CLI::App& program, const std::vector<std::string>& words) {
  CLI::App* command = &program;
  for (const std::string& word : words) {
    CLI::App* next = nullptr;
    for (CLI::App* const sub : SubcommandsOf(*command)) {
      if (sub->get_name() == word) next = sub;
    }
    if (next == nullptr) throw Failure(UnknownCommand(program, *command, word));
    command = next;
  }
  return *command;
}

std::string PathOf(const CLI::App& command) {
  std::string path = command.get_name();
  for (const CLI::App* at = command.get_parent(); at != nullptr; at = at->get_parent()) {
    path = at->get_name() + " " + path;
  }
  return path;
}

Failure UsageOf(CLI::App& program, const CLI::ParseError& error) {
  return Usage(Sentence(program, CommandOf(program), error));
}

}  // namespace kirikae::cli
