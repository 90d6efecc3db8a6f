// The documented keys of a rollout file against its reader.
#include "client/cli/rollout_keys.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <map>
#include <set>
#include <string>

#include "absl/strings/str_split.h"
#include "service/app/rollouts/rollout_file.h"
#include "service/domain/error_detail.h"

namespace kirikae::cli {
namespace {

const std::set<std::string> kLists = {"phases", "teams", "teams.changes", "pools",
                                      "calendar.blackouts"};

std::set<std::string> KeysBelow(const std::string& path) {
  const std::string beginning = path.empty() ? "" : path + ".";
  std::set<std::string> keys;
  for (const RolloutKey& key : RolloutKeys()) {
    if (!key.path.starts_with(beginning)) continue;
    const std::string rest = key.path.substr(beginning.size());
    if (rest.find('.') == std::string::npos) keys.insert(rest);
  }
  return keys;
}

// A file with the example of every key below a path, and in each map one key more where `unknown`
// is not "".
YAML::Node FileOf(const std::string& path, const std::string& unknown) {
  YAML::Node map;
  for (const RolloutKey& key : RolloutKeys()) {
    const std::string beginning = path.empty() ? "" : path + ".";
    if (!key.path.starts_with(beginning)) continue;
    const std::string name = key.path.substr(beginning.size());
    if (name.find('.') != std::string::npos) continue;
    if (KeysBelow(key.path).empty()) {
      map[name] =
          key.example.find_first_of("[{") == 0 ? YAML::Load(key.example) : YAML::Node(key.example);
    } else if (kLists.count(key.path) != 0) {
      map[name].push_back(FileOf(key.path, unknown));
    } else {
      map[name] = FileOf(key.path, unknown);
    }
  }
  if (!unknown.empty()) map[unknown] = "x";
  return map;
}

std::vector<domain::Violation> FaultsOf(const YAML::Node& file) {
  const auto parsed = app::ParseRolloutFile(YAML::Dump(file));
  if (parsed.ok()) return {};
  return domain::DetailOf(parsed.status())->violations;
}

TEST(RolloutKeys, TheReaderTakesEveryExample) {
  for (const domain::Violation& fault : FaultsOf(FileOf("", ""))) {
    ADD_FAILURE() << fault.field << ": " << fault.sentence.format;
  }
}

TEST(RolloutKeys, AreTheKeysThatTheReaderKnows) {
  // The reader lists the keys of a map where it meets another one.
  constexpr char kUnknown[] = "qqqqqqqqqqqq";
  std::map<std::string, std::set<std::string>> known;
  for (const domain::Violation& fault : FaultsOf(FileOf("", kUnknown))) {
    if (!fault.field.ends_with(kUnknown) || fault.sentence.args.empty()) continue;
    std::string path = fault.field.substr(0, fault.field.size() - sizeof(kUnknown) + 1);
    if (path.ends_with('.')) path.pop_back();
    for (size_t at = path.find("[0]"); at != std::string::npos; at = path.find("[0]")) {
      path.erase(at, 3);
    }
    known[path] = absl::StrSplit(fault.sentence.args.back(), ", ");
  }
  // The keys of policy.minutes are the kinds of devices.
  known.erase("policy.minutes");
  EXPECT_EQ(known.size(), 12U) << "maps that were seen";
  for (const auto& [path, keys] : known) EXPECT_EQ(KeysBelow(path), keys) << path;
}

}  // namespace
}  // namespace kirikae::cli
