#include "client/cli/completion.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <map>

#include "client/cli/choices.h"
#include "client/cli/failure.h"
#include "client/cli/live_names.h"
#include "client/cli/program.h"

namespace kirikae::cli {
namespace {

// What an argument or a flag's value is the name of.
NameOf KindOf(const std::string& name) {
  static const auto& kinds = *new std::map<std::string, NameOf>{
      {"TAG", NameOf::kTag},
      {"--record", NameOf::kTag},
      {"QUERY", NameOf::kQuery},
      {"PLAN", NameOf::kPlan},
      {"BEFORE", NameOf::kPlan},
      {"AFTER", NameOf::kPlan},
      {"--plan", NameOf::kPlan},
      {"WAVE", NameOf::kWave},
      {"PHASE", NameOf::kPhase},
      {"--phase-delay", NameOf::kPhaseSetting},
      {"--gate-delay", NameOf::kPhaseSetting},
      {"--deadline", NameOf::kPhaseSetting},
      {"--team", NameOf::kTeam},
      {"--team-away", NameOf::kTeamSetting},
      {"--team-minutes", NameOf::kTeamSetting},
      {"--team-devices", NameOf::kTeamSetting},
      {"--site", NameOf::kSite},
      {"--department", NameOf::kDepartment},
      {"--filter", NameOf::kFilter},
      {"ROLLOUT", NameOf::kRollout},
      {"--rollout", NameOf::kRollout},
      {"CONTEXT", NameOf::kContext},
      {"--context", NameOf::kContext},
  };
  const auto kind = kinds.find(name);
  return kind == kinds.end() ? NameOf::kNothing : kind->second;
}

CLI::Option* FlagOf(CLI::App& command, const std::string& name) {
  for (CLI::App* at = &command; at != nullptr; at = at->get_parent()) {
    if (CLI::Option* const option = at->get_option_no_throw(name); option != nullptr) return option;
  }
  return nullptr;
}

// Where the words lead: the command, and what the next word belongs to.
struct Place {
  CLI::App* command = nullptr;
  CLI::Option* flag = nullptr;  // whose value comes next
  size_t arguments = 0;         // before it
  bool flags_end = false;       // after `--`
};

CLI::App* SubcommandOf(CLI::App& command, const std::string& name) {
  for (CLI::App* const sub : command.get_subcommands([](CLI::App*) { return true; })) {
    if (!sub->get_name().empty() && sub->get_name() == name) return sub;
  }
  return nullptr;
}

// A flag of the connection holds for the questions too.
void Take(Session& session, const std::string& flag, const std::string& value) {
  if (flag == "--server") session.server = value;
  if (flag == "--token-file") session.token_file = value;
  if (flag == "--context") session.context = value;
  if (flag == "--ca") session.ca = value;
  if (flag == "--cert") session.cert = value;
  if (flag == "--key") session.key = value;
}

void TakeEnvironment(Program& program, Session& session) {
  for (const CLI::Option* const option : program.get_options([](CLI::Option*) { return true; })) {
    const char* const value =
        option->get_envname().empty() ? nullptr : std::getenv(option->get_envname().c_str());
    if (value != nullptr) Take(session, option->get_name(), value);
  }
}

void Step(Place& place, Session& session, const std::string& word) {
  if (place.flag != nullptr) {
    // bash gives `--flag=value` as three words.
    if (word == "=") return;
    Take(session, place.flag->get_name(), word);
    place.flag = nullptr;
    return;
  }
  if (!place.flags_end && word == "--") {
    place.flags_end = true;
    return;
  }
  if (!place.flags_end && word.size() > 1 && word.front() == '-') {
    const size_t equals = word.find('=');
    CLI::Option* const flag = FlagOf(*place.command, word.substr(0, equals));
    if (flag == nullptr || flag->get_items_expected_max() == 0) return;
    if (equals == std::string::npos) {
      place.flag = flag;
    } else {
      Take(session, flag->get_name(), word.substr(equals + 1));
    }
    return;
  }
  if (CLI::App* const sub = SubcommandOf(*place.command, word);
      sub != nullptr && place.arguments == 0) {
    place.command = sub;
    return;
  }
  ++place.arguments;
}

std::vector<Candidate> ValuesFor(Session& session, CLI::Option& option, const std::string& typed) {
  std::vector<Candidate> found;
  for (const std::string& value : ValuesOf(option)) {
    if (value.starts_with(typed)) found.push_back({value, ""});
  }
  if (!found.empty()) return found;
  return LiveNames(session, KindOf(option.get_name(option.get_positional())), typed);
}

std::vector<Candidate> Flags(CLI::App& command, const std::string& typed) {
  std::vector<Candidate> found;
  for (CLI::App* at = &command; at != nullptr; at = at->get_parent()) {
    if (at != &command && at->get_parent() != nullptr) continue;  // a noun has no flags of its own
    const auto add = [&](CLI::App& from) {
      for (const CLI::Option* const option : from.get_options([](CLI::Option*) { return true; })) {
        if (option->get_group().empty() || (at != &command && option == at->get_help_ptr()))
          continue;
        for (const std::string& name : option->get_lnames()) {
          if (("--" + name).starts_with(typed)) {
            found.push_back({"--" + name, option->get_description()});
          }
        }
      }
    };
    add(*at);
    for (CLI::App* const group :
         at->get_subcommands([](CLI::App* sub) { return sub->get_name().empty(); })) {
      add(*group);
    }
  }
  return found;
}

std::vector<Candidate> Commands(CLI::App& command, const std::string& typed) {
  std::vector<Candidate> found;
  for (const CLI::App* const sub : command.get_subcommands([](CLI::App*) { return true; })) {
    if (sub->get_name().empty() || sub->get_group().empty()) continue;
    if (sub->get_name().starts_with(typed)) {
      found.push_back({sub->get_name(), sub->get_description()});
    }
  }
  return found;
}

// The argument that stands at a place; the last one of a command may be many.
CLI::Option* ArgumentAt(CLI::App& command, size_t place) {
  const std::vector<CLI::Option*> arguments =
      command.get_options([](CLI::Option* option) { return option->get_positional(); });
  if (arguments.empty()) return nullptr;
  if (place < arguments.size()) return arguments[place];
  return arguments.back()->get_expected_max() > 1 ? arguments.back() : nullptr;
}

// `kirikae help plan sh`: the words after `help` are commands.
std::vector<Candidate> OfHelp(Program& program, const std::vector<std::string>& words) {
  CLI::App* at = &program;
  for (size_t i = 1; i + 1 < words.size() && at != nullptr; ++i) {
    if (!words[i].starts_with("-")) at = SubcommandOf(*at, words[i]);
  }
  return at == nullptr ? std::vector<Candidate>() : Commands(*at, words.back());
}

}  // namespace

std::vector<Candidate> CandidatesFor(const std::vector<std::string>& words) {
  Session session;
  Program program(session);
  TakeEnvironment(program, session);
  Place place{.command = &program};
  if (words.empty()) return Commands(program, "");
  for (size_t i = 0; i + 1 < words.size(); ++i) Step(place, session, words[i]);
  const std::string& typed = words.back();
  if (place.flag != nullptr) {
    return ValuesFor(session, *place.flag, typed == "=" ? "" : typed);
  }
  if (!place.flags_end && typed.starts_with("-")) {
    const size_t equals = typed.find('=');
    if (equals == std::string::npos) return Flags(*place.command, typed);
    const std::string name = typed.substr(0, equals);
    CLI::Option* const flag = FlagOf(*place.command, name);
    if (flag == nullptr) return {};
    std::vector<Candidate> values = ValuesFor(session, *flag, typed.substr(equals + 1));
    for (Candidate& value : values) value.text = name + "=" + value.text;
    return values;
  }
  if (place.command->get_name() == "help") return OfHelp(program, words);
  if (place.arguments == 0 && place.command->get_require_subcommand_min() > 0) {
    return Commands(*place.command, typed);
  }
  CLI::Option* const argument = ArgumentAt(*place.command, place.arguments);
  return argument == nullptr ? std::vector<Candidate>() : ValuesFor(session, *argument, typed);
}

int Complete(const std::vector<std::string>& words) {
  // What a library says of a service that is away would stand in the person's line.
  if (const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC); nowhere >= 0) {
    dup2(nowhere, STDERR_FILENO);
    close(nowhere);
  }
  try {
    for (const Candidate& candidate : CandidatesFor(words)) {
      std::cout << Printable(candidate.text);
      if (!candidate.about.empty()) std::cout << "\t" << Printable(candidate.about);
      std::cout << "\n";
    }
  } catch (const Failure&) {
  } catch (const Exit&) {
  } catch (const std::exception&) {
  }
  return kDone;
}

}  // namespace kirikae::cli
