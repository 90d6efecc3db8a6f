#include <google/protobuf/struct.pb.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "client/cli/catalogue.h"
#include "client/cli/choices.h"
#include "client/cli/commands.h"
#include "client/cli/help.h"
#include "client/cli/line_breaks.h"
#include "client/cli/paint.h"
#include "client/cli/rollout_keys.h"
#include "client/cli/text_option.h"

namespace kirikae::cli {
namespace {

constexpr int kIndent = 2;

std::string LastPart(const std::string& path) { return path.substr(path.rfind('.') + 1); }

// Brackets of a fault's path may stay: `phases[1].gate` is `phases.gate`.
std::string WithoutBrackets(std::string path) {
  for (size_t open = path.find('['); open != std::string::npos; open = path.find('[')) {
    const size_t close = path.find(']', open);
    path.erase(open, close == std::string::npos ? std::string::npos : close + 1 - open);
  }
  return path;
}

// The keys under a path, not those under them in turn; of "" the top ones.
std::vector<RolloutKey> Below(const std::vector<RolloutKey>& keys, const std::string& path) {
  const std::string beginning = path.empty() ? "" : path + ".";
  std::vector<RolloutKey> below;
  for (const RolloutKey& key : keys) {
    if (key.path.starts_with(beginning) &&
        key.path.find('.', beginning.size()) == std::string::npos) {
      below.push_back(key);
    }
  }
  return below;
}

void PrintFact(const std::string& label, const std::string& value) {
  constexpr int kLabelWidth = 12;
  constexpr int kColumn = kIndent + kLabelWidth;
  const int pad = std::max(1, kLabelWidth - DisplayWidth(label));
  std::cout << std::string(kIndent, ' ') << Paint(Tone::kTitle, label)
            << std::string(static_cast<size_t>(pad), ' ')
            << Wrapped(value, HelpWidth(), kColumn).substr(kColumn);
}

void PrintKey(const RolloutKey& key) {
  std::cout << Paint(Tone::kTitle, key.path) << "\n" << Wrapped(key.does, HelpWidth(), kIndent);
  PrintFact(Tr("form"), key.form);
  PrintFact(Tr("without it"), key.usual.empty() ? Tr("the file is refused") : key.usual);
  PrintFact(Tr("example"), LastPart(key.path) + ": " + key.example);
}

void PrintBelow(const std::vector<RolloutKey>& keys, const std::string& path) {
  const std::vector<RolloutKey> below = Below(keys, path);
  if (below.empty()) return;
  std::cout << "\n";
  for (const RolloutKey& key : below) {
    const bool has_more = !Below(keys, key.path).empty();
    std::cout << std::string(kIndent, ' ')
              << Paint(Tone::kTitle, LastPart(key.path) + (has_more ? " …" : "")) << "  <"
              << key.form << ">" << (key.usual.empty() ? " " + Tr("(required)") : "") << "\n"
              << Wrapped(key.does, HelpWidth(), 2 * kIndent);
  }
  std::cout << "\n"
            << Wrapped(Tr("More about a key: kirikae rollout explain $0", {below.front().path}),
                       HelpWidth(), 0);
}

void PrintForPrograms(const Session& session, const std::vector<RolloutKey>& keys) {
  google::protobuf::ListValue list;
  Table table{{{"key", "key"},
               {"form", "form"},
               {"default", "default"},
               {"example", "example"},
               {"does", "does"}},
              {},
              {}};
  for (const RolloutKey& key : keys) {
    auto& fields = *list.add_values()->mutable_struct_value()->mutable_fields();
    fields["key"].set_string_value(key.path);
    fields["form"].set_string_value(key.form);
    fields["required"].set_bool_value(key.usual.empty());
    fields["default"].set_string_value(key.usual);
    fields["example"].set_string_value(key.example);
    fields["does"].set_string_value(key.does);
    table.rows.push_back({key.path, key.form, key.usual, key.example, key.does});
    table.names.push_back(key.path);
  }
  if (session.form != Form::kJson) {
    session.Print(table, list, "values");
    return;
  }
  google::protobuf::Struct whole;
  *(*whole.mutable_fields())["keys"].mutable_list_value() = list;
  session.Print(table, whole, "");
}

void Explain(const Session& session, const std::string& given) {
  const std::vector<RolloutKey> keys = RolloutKeys();
  const std::string path = WithoutBrackets(given);
  std::vector<RolloutKey> asked;
  std::vector<std::string> names;
  for (const RolloutKey& key : keys) {
    names.push_back(key.path);
    if (path.empty() || key.path == path || key.path.starts_with(path + ".")) asked.push_back(key);
  }
  // The last part of a path is enough where one key only ends so.
  if (asked.empty()) {
    for (const RolloutKey& key : keys) {
      if (key.path.ends_with("." + path)) asked.push_back(key);
    }
    if (asked.size() == 1) return Explain(session, asked.front().path);
    std::string several;
    for (const RolloutKey& key : asked) several += (several.empty() ? "" : ", ") + key.path;
    throw Failure{
        .code = kNotFound,
        .reason = "UNKNOWN_KEY",
        .sentence = several.empty()
                        ? Tr("A rollout file has no key $0.", {given}) + DidYouMean(path, names)
                        : Tr("Several keys are called $0: $1", {given, several})};
  }
  if (!session.ForPeople()) {
    PrintForPrograms(session, asked);
    return;
  }
  if (path.empty()) {
    std::cout << Wrapped(Tr("A rollout file is YAML with these keys; "
                            "kirikae rollout apply -f FILE reads it."),
                         HelpWidth(), 0);
  } else {
    PrintKey(asked.front());
  }
  PrintBelow(keys, path);
}

}  // namespace

void AddRolloutExplain(CLI::App& rollout, Session& session) {
  auto* const explain =
      rollout.add_subcommand("explain", Tr("what each key of a rollout file does"));
  const auto key = Optional(*explain, "KEY", Tr("such as phases.gate; all keys when left out"));
  explain->callback([key, &session] { Explain(session, *key); });
}

}  // namespace kirikae::cli
