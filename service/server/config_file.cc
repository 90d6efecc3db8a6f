#include "service/server/config_file.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <utility>

#include "service/domain/error_detail.h"
#include "service/server/text_files.h"
#include "service/status_macros.h"

namespace kirikae::server {
namespace {

using domain::Sentence;

absl::Status Unfit(const std::string& path, int line, const Sentence& sentence) {
  return domain::MakeError(absl::StatusCode::kInvalidArgument, "CONFIG_FILE", sentence,
                           {{"file", path}, {"line", std::to_string(line)}});
}

absl::Status NoSettings(const std::string& path, int line) {
  return Unfit(path, line,
               Sentence("$0, line $1: write NAME: VALUE, where NAME is a flag without dashes, such "
                        "as listen.",
                        {path, std::to_string(line)}));
}

int LineOf(const YAML::Mark& mark) { return mark.line + 1; }

absl::StatusOr<std::vector<std::string>> ValuesOf(const std::string& path, const YAML::Node& node) {
  if (node.IsNull()) return std::vector<std::string>{""};
  if (node.IsScalar()) return std::vector<std::string>{node.Scalar()};
  if (!node.IsSequence()) return NoSettings(path, LineOf(node.Mark()));
  std::vector<std::string> values;
  for (const YAML::Node& item : node) {
    if (!item.IsScalar()) return NoSettings(path, LineOf(item.Mark()));
    values.push_back(item.Scalar());
  }
  return values;
}

absl::StatusOr<std::vector<Setting>> SettingsOf(const std::string& path, const std::string& text) {
  const YAML::Node root = YAML::Load(text);
  std::vector<Setting> settings;
  if (root.IsNull()) return settings;
  if (!root.IsMap()) return NoSettings(path, LineOf(root.Mark()));
  for (const auto& entry : root) {
    const int line = LineOf(entry.first.Mark());
    if (!entry.first.IsScalar()) return NoSettings(path, line);
    const std::string& name = entry.first.Scalar();
    if (std::any_of(settings.begin(), settings.end(),
                    [&](const Setting& other) { return other.name == name; })) {
      return Unfit(
          path, line,
          Sentence("$0, line $1: $2 stands there twice.", {path, std::to_string(line), name}));
    }
    ASSIGN_OR_RETURN(std::vector<std::string> values, ValuesOf(path, entry.second));
    settings.push_back({name, std::move(values), line});
  }
  return settings;
}

}  // namespace

absl::StatusOr<std::vector<Setting>> ReadConfigFile(const std::string& path) {
  ASSIGN_OR_RETURN(const std::vector<std::string> texts, ReadTextFiles({path}));
  try {
    return SettingsOf(path, texts.front());
  } catch (const YAML::Exception& exception) {
    const int line = LineOf(exception.mark);
    return Unfit(
        path, line,
        Sentence("$0, line $1: this is not YAML: $2", {path, std::to_string(line), exception.msg}));
  }
}

}  // namespace kirikae::server
