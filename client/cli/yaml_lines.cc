#include "client/cli/yaml_lines.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/strings/numbers.h"

namespace kirikae::cli {
namespace {

// A key of a map, or a place in a list.
struct Step {
  std::string key;
  std::optional<size_t> index = std::nullopt;
};

std::vector<Step> StepsOf(const std::string& path) {
  std::vector<Step> steps;
  for (size_t at = 0; at < path.size();) {
    if (path[at] == '[') {
      const size_t end = path.find(']', at);
      uint32_t index = 0;
      if (end == std::string::npos ||
          !absl::SimpleAtoi(path.substr(at + 1, end - at - 1), &index)) {
        return steps;
      }
      steps.push_back({"", index});
      at = end + 1;
    } else {
      const size_t begin = path[at] == '.' ? at + 1 : at;
      const size_t end = std::min(path.find_first_of(".[", begin), path.size());
      steps.push_back({path.substr(begin, end - begin)});
      at = end;
    }
  }
  return steps;
}

int LineOf(const YAML::Node& node) { return node.Mark().line + 1; }

int Follow(YAML::Node node, const std::vector<Step>& steps) {
  int line = LineOf(node);
  for (const Step& step : steps) {
    YAML::Node next;
    if (step.index.has_value()) {
      if (!node.IsSequence() || *step.index >= node.size()) return line;
      next = node[*step.index];
      line = LineOf(next);
    } else {
      if (!node.IsMap()) return line;
      bool found = false;
      for (const auto& entry : node) {
        if (!entry.first.IsScalar() || entry.first.Scalar() != step.key) continue;
        line = LineOf(entry.first);
        next = entry.second;
        found = true;
      }
      if (!found) return line;
    }
    node.reset(next);
  }
  return line;
}

}  // namespace

int LineOf(const std::string& yaml, const std::string& path) {
  try {
    return Follow(YAML::Load(yaml), StepsOf(path));
  } catch (const YAML::Exception&) {
    return 0;
  }
}

}  // namespace kirikae::cli
