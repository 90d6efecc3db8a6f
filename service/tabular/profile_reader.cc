// Reads a profile and collects every fault.
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "service/tabular/enumerations.h"
#include "service/tabular/profile.h"
#include "service/text/fold.h"
#include "service/text/similar.h"
#include "service/text/utf8.h"

namespace kirikae::tabular {
namespace {

constexpr size_t kMaxProfileBytes = 256 * 1024;

// The field that every table of the kind needs, whatever the profile requires.
std::string KeyField(TableKind kind) {
  return kind == TableKind::kDevices ? "asset_tag" : "staff_number";
}

// Reads the valid parts and collects a fault for each invalid one.
class ProfileReader {
 public:
  explicit ProfileReader(std::vector<ProfileFault>& faults) : faults_(faults) {}

  Profile Read(const YAML::Node& root) {
    if (!root.IsMap()) {
      Fault(root, "This is not a map of settings");
      return profile_;
    }
    ReadKind(root);
    profile_.required = {KeyField(profile_.kind)};
    if (root["extends"]) Extend(root["extends"]);
    for (const auto& entry : root) ReadSetting(entry.first, entry.second);
    CheckWhole();
    return std::move(profile_);
  }

 private:
  void Fault(const YAML::Node& node, std::string_view format, std::vector<std::string> args = {}) {
    const YAML::Mark mark = node.Mark();
    const size_t line = mark.is_null() ? 0 : static_cast<size_t>(mark.line) + 1;
    faults_.push_back({line, {std::string(format), std::move(args)}});
  }

  std::string Word(const YAML::Node& node) {
    if (!node.IsScalar() || node.Scalar().empty()) {
      Fault(node, "A word is needed here");
      return "";
    }
    const std::u32string letters = text::CodePoints(node.Scalar());
    // YAML takes a lone CR for the end of a line, and it would be lost.
    const auto bad = std::find_if(letters.begin(), letters.end(), [](char32_t letter) {
      return letter == U'\r' || text::IsUnwritable(letter);
    });
    if (bad == letters.end()) return node.Scalar();
    Fault(node, "The character $0 can't be kept in a file", {text::CodePointName(*bad)});
    return "";
  }

  // One word, or a list of them.
  std::vector<std::string> Words(const YAML::Node& node) {
    std::vector<std::string> out;
    if (!node.IsSequence()) {
      out.push_back(Word(node));
    } else {
      for (const YAML::Node& item : node) out.push_back(Word(item));
    }
    std::erase(out, "");
    return out;
  }

  bool CheckField(const YAML::Node& node, const std::string& field) {
    const std::vector<std::string>& fields = FieldsOf(profile_.kind);
    if (field.empty() || std::find(fields.begin(), fields.end(), field) != fields.end()) {
      return !field.empty();
    }
    const std::optional<std::string> nearest = text::Nearest(field, fields, 3);
    if (nearest.has_value()) {
      Fault(node, "There is no field $0; did you mean $1?", {field, *nearest});
    } else {
      Fault(node, "There is no field $0", {field});
    }
    return false;
  }

  void ReadKind(const YAML::Node& root) {
    if (!root["kind"]) {
      Fault(root, "The kind is missing: devices, staff or enrolments");
      return;
    }
    const std::string name = Word(root["kind"]);
    for (const TableKind kind : {TableKind::kDevices, TableKind::kStaff, TableKind::kEnrolments}) {
      if (name != TableKindName(kind)) continue;
      profile_.kind = kind;
      return;
    }
    if (!name.empty()) Fault(root["kind"], "There is no kind $0", {name});
  }

  void Extend(const YAML::Node& node) {
    const std::string base = Word(node);
    absl::StatusOr<Profile> built_in = BuiltInProfile(base, profile_.kind);
    if (!built_in.ok()) {
      if (!base.empty()) Fault(node, "There is no built-in profile $0", {base});
      return;
    }
    profile_ = *std::move(built_in);
    profile_.name.clear();
  }

  void ReadSetting(const YAML::Node& key_node, const YAML::Node& value) {
    const std::string key = Word(key_node);
    if (key == "profile") {
      profile_.name = Word(value);
    } else if (key == "unknown_columns") {
      const std::string what = Word(value);
      if (what != "ignore" && what != "error") Fault(value, "Write error or ignore here");
      profile_.ignore_unknown_columns = what == "ignore";
    } else if (key == "columns") {
      ReadColumns(value);
    } else if (key == "ignore") {
      profile_.ignored = Words(value);
    } else if (key == "required") {
      profile_.required = Words(value);
      for (const std::string& field : profile_.required) CheckField(value, field);
    } else if (key == "values") {
      ReadValues(value);
    } else if (!key.empty() && key != "kind" && key != "extends") {
      Fault(key_node, "There is no setting $0", {key});
    }
  }

  void ReadColumns(const YAML::Node& node) {
    if (!node.IsMap()) {
      Fault(node, "Here fields map to their headers");
      return;
    }
    for (const auto& entry : node) {
      const std::string field = Word(entry.first);
      std::vector<std::string> headers = Words(entry.second);
      if (CheckField(entry.first, field)) profile_.columns[field] = std::move(headers);
    }
  }

  void ReadValues(const YAML::Node& node) {
    if (!node.IsMap()) {
      Fault(node, "Here fields map to their values' words");
      return;
    }
    for (const auto& entry : node) {
      const std::string field = Word(entry.first);
      if (!CheckField(entry.first, field)) continue;
      if (!entry.second.IsMap()) {
        Fault(entry.second, "Here a field's values map to their words");
        continue;
      }
      for (const auto& value : entry.second) {
        const std::string canonical = Word(value.first);
        std::vector<std::string> words = Words(value.second);
        if (IsCanonicalValue(field, canonical)) {
          profile_.values[field][canonical] = std::move(words);
        } else if (!canonical.empty()) {
          Fault(value.first, "The field $0 has no value $1", {field, canonical});
        }
      }
    }
  }

  void CheckWhole() {
    const YAML::Node whole;
    if (profile_.name.empty()) Fault(whole, "The profile's name is missing");
    if (!profile_.columns.contains(KeyField(profile_.kind))) {
      Fault(whole, "There is no column for $0", {KeyField(profile_.kind)});
    }
    std::map<std::string, std::string> field_of;
    for (const auto& [field, headers] : profile_.columns) {
      for (const std::string& header : headers) {
        const auto [at, fresh] = field_of.emplace(text::FoldSearch(header), field);
        if (fresh || at->second == field) continue;
        Fault(whole, "The header $0 stands under $1 and $2", {header, at->second, field});
      }
    }
  }

  std::vector<ProfileFault>& faults_;
  Profile profile_;
};

std::string EnglishOf(const ProfileFault& fault) {
  const std::string text = fault.sentence.English();
  if (fault.line == 0) return absl::StrCat("profile: ", text);
  return absl::StrCat("profile, line ", fault.line, ": ", text);
}

}  // namespace

absl::StatusOr<Profile> ParseProfile(std::string_view yaml, std::vector<ProfileFault>* faults) {
  std::vector<ProfileFault> found;
  Profile profile;
  if (yaml.size() > kMaxProfileBytes) {
    found.push_back(
        {0, {"A profile may hold at most $0 KiB", {std::to_string(kMaxProfileBytes / 1024)}}});
  } else if (text::FindIllFormedUtf8(yaml) != std::string_view::npos) {
    found.push_back({0, {"This is not YAML: $0", {"ill-formed UTF-8"}}});
  } else {
    try {
      profile = ProfileReader(found).Read(YAML::Load(std::string(yaml)));
    } catch (const YAML::Exception& error) {
      const size_t line = error.mark.is_null() ? 0 : static_cast<size_t>(error.mark.line) + 1;
      found.push_back({line, {"This is not YAML: $0", {error.msg}}});
    }
  }
  const bool good = found.empty();
  const std::string first = good ? "" : EnglishOf(found.front());
  if (faults != nullptr) *faults = std::move(found);
  if (!good) return absl::InvalidArgumentError(first);
  return profile;
}

}  // namespace kirikae::tabular
