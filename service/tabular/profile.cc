#include "service/tabular/profile.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "service/status_macros.h"
#include "service/tabular/enumerations.h"
#include "service/text/fold.h"
#include "service/text/similar.h"

namespace kirikae::tabular {
namespace {

constexpr size_t kMaxProfileBytes = 256 * 1024;

absl::Status Bad(const YAML::Mark& mark, absl::string_view why) {
  if (mark.is_null()) return absl::InvalidArgumentError(absl::StrCat("profile: ", why));
  return absl::InvalidArgumentError(absl::StrCat("profile, line ", mark.line + 1, ": ", why));
}

absl::Status Bad(const YAML::Node& node, absl::string_view why) { return Bad(node.Mark(), why); }

absl::StatusOr<std::string> Word(const YAML::Node& node) {
  if (!node.IsScalar() || node.Scalar().empty()) return Bad(node, "a word is needed here");
  return node.Scalar();
}

// One word, or a list of them.
absl::StatusOr<std::vector<std::string>> Words(const YAML::Node& node) {
  std::vector<std::string> out;
  if (!node.IsSequence()) {
    ASSIGN_OR_RETURN(std::string word, Word(node));
    out.push_back(std::move(word));
    return out;
  }
  for (const YAML::Node& item : node) {
    ASSIGN_OR_RETURN(std::string word, Word(item));
    out.push_back(std::move(word));
  }
  return out;
}

absl::Status CheckField(const YAML::Node& node, TableKind kind, const std::string& field) {
  const std::vector<std::string>& fields = FieldsOf(kind);
  if (std::find(fields.begin(), fields.end(), field) != fields.end()) return absl::OkStatus();
  const std::optional<std::string> nearest = text::Nearest(field, fields, 3);
  return Bad(node, absl::StrCat("no such field: ", field,
                                nearest ? absl::StrCat(" (did you mean ", *nearest, "?)") : ""));
}

absl::Status ReadKind(const YAML::Node& root, Profile& profile) {
  if (!root["kind"]) return Bad(root, "kind is missing (devices, staff or enrolments)");
  ASSIGN_OR_RETURN(const std::string name, Word(root["kind"]));
  for (TableKind kind : {TableKind::kDevices, TableKind::kStaff, TableKind::kEnrolments}) {
    if (name != TableKindName(kind)) continue;
    profile.kind = kind;
    return absl::OkStatus();
  }
  return Bad(root["kind"], absl::StrCat("no such kind: ", name));
}

absl::Status ReadColumns(const YAML::Node& node, Profile& profile) {
  if (!node.IsMap()) return Bad(node, "columns maps fields to headers");
  for (const auto& entry : node) {
    ASSIGN_OR_RETURN(const std::string field, Word(entry.first));
    RETURN_IF_ERROR(CheckField(entry.first, profile.kind, field));
    ASSIGN_OR_RETURN(profile.columns[field], Words(entry.second));
  }
  return absl::OkStatus();
}

absl::Status ReadValues(const YAML::Node& node, Profile& profile) {
  if (!node.IsMap()) return Bad(node, "values maps fields to their values' words");
  for (const auto& entry : node) {
    ASSIGN_OR_RETURN(const std::string field, Word(entry.first));
    RETURN_IF_ERROR(CheckField(entry.first, profile.kind, field));
    if (!entry.second.IsMap()) return Bad(entry.second, "values of a field map to their words");
    for (const auto& value : entry.second) {
      ASSIGN_OR_RETURN(const std::string canonical, Word(value.first));
      if (!IsCanonicalValue(field, canonical)) {
        return Bad(value.first, absl::StrCat("no such value of ", field, ": ", canonical));
      }
      ASSIGN_OR_RETURN(profile.values[field][canonical], Words(value.second));
    }
  }
  return absl::OkStatus();
}

absl::Status ReadRest(const YAML::Node& root, Profile& profile) {
  for (const auto& entry : root) {
    const std::string& key = entry.first.Scalar();
    if (key == "profile") {
      ASSIGN_OR_RETURN(profile.name, Word(entry.second));
    } else if (key == "unknown_columns") {
      ASSIGN_OR_RETURN(const std::string what, Word(entry.second));
      if (what != "ignore" && what != "error") return Bad(entry.second, "error or ignore");
      profile.ignore_unknown_columns = what == "ignore";
    } else if (key == "columns") {
      RETURN_IF_ERROR(ReadColumns(entry.second, profile));
    } else if (key == "ignore") {
      ASSIGN_OR_RETURN(profile.ignored, Words(entry.second));
    } else if (key == "required") {
      ASSIGN_OR_RETURN(profile.required, Words(entry.second));
      for (const std::string& field : profile.required) {
        RETURN_IF_ERROR(CheckField(entry.second, profile.kind, field));
      }
    } else if (key == "values") {
      RETURN_IF_ERROR(ReadValues(entry.second, profile));
    } else if (key != "kind" && key != "extends") {
      return Bad(entry.first, absl::StrCat("no such setting: ", key));
    }
  }
  return absl::OkStatus();
}

// What a table of the kind can't do without, whatever the profile asks for.
std::string KeyField(TableKind kind) {
  return kind == TableKind::kDevices ? "asset_tag" : "staff_number";
}

absl::Status CheckWhole(const Profile& profile) {
  if (profile.name.empty()) return absl::InvalidArgumentError("profile: the name is missing");
  if (!profile.columns.contains(KeyField(profile.kind))) {
    return absl::InvalidArgumentError(
        absl::StrCat("profile: no column for ", KeyField(profile.kind)));
  }
  std::map<std::string, std::string> field_of;
  for (const auto& [field, headers] : profile.columns) {
    for (const std::string& header : headers) {
      const auto [at, fresh] = field_of.emplace(text::FoldSearch(header), field);
      if (!fresh && at->second != field) {
        return absl::InvalidArgumentError(
            absl::StrCat("profile: ", header, " stands under ", at->second, " and ", field));
      }
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<Profile> ReadProfile(const YAML::Node& root) {
  if (!root.IsMap()) return Bad(root, "not a map of settings");
  Profile profile;
  RETURN_IF_ERROR(ReadKind(root, profile));
  profile.required = {KeyField(profile.kind)};
  if (root["extends"]) {
    ASSIGN_OR_RETURN(const std::string base, Word(root["extends"]));
    absl::StatusOr<Profile> built_in = BuiltInProfile(base, profile.kind);
    if (!built_in.ok()) return Bad(root["extends"], built_in.status().message());
    profile = *std::move(built_in);
    profile.name.clear();
  }
  RETURN_IF_ERROR(ReadRest(root, profile));
  RETURN_IF_ERROR(CheckWhole(profile));
  return profile;
}

std::vector<std::string> KnownHeaders(const Profile& profile) {
  std::vector<std::string> out;
  for (const auto& [field, headers] : profile.columns) {
    out.insert(out.end(), headers.begin(), headers.end());
  }
  return out;
}

size_t SuggestionLimit(std::string_view header) { return header.size() <= 6 ? 1 : 2; }

}  // namespace

absl::StatusOr<Profile> ParseProfile(std::string_view yaml) {
  if (yaml.size() > kMaxProfileBytes) return absl::InvalidArgumentError("profile: too large");
  try {
    return ReadProfile(YAML::Load(std::string(yaml)));
  } catch (const YAML::Exception& error) {
    return Bad(error.mark, error.msg);
  }
}

std::string ProfileYaml(const Profile& profile) {
  YAML::Emitter out;
  out << YAML::BeginMap << YAML::Key << "profile" << YAML::Value << profile.name;
  out << YAML::Key << "kind" << YAML::Value << std::string(TableKindName(profile.kind));
  out << YAML::Key << "unknown_columns" << YAML::Value
      << (profile.ignore_unknown_columns ? "ignore" : "error");
  out << YAML::Key << "columns" << YAML::Value << profile.columns;
  out << YAML::Key << "ignore" << YAML::Value << YAML::Flow << profile.ignored;
  out << YAML::Key << "required" << YAML::Value << YAML::Flow << profile.required;
  out << YAML::Key << "values" << YAML::Value << profile.values << YAML::EndMap;
  return std::string(out.c_str()) + "\n";
}

Binding Bind(const Profile& profile, const std::vector<std::string>& header) {
  absl::flat_hash_map<std::string, std::string> field_of;
  for (const auto& [field, headers] : profile.columns) {
    for (const std::string& known : headers) field_of.emplace(text::FoldSearch(known), field);
  }
  for (const std::string& ignored : profile.ignored) field_of[text::FoldSearch(ignored)] = "";
  const std::vector<std::string> known = KnownHeaders(profile);
  Binding binding;
  for (size_t i = 0; i < header.size(); ++i) {
    if (header[i].empty()) {
      binding.problems.push_back(EmptyHeader(i + 1));
      continue;
    }
    const auto field = field_of.find(text::FoldSearch(header[i]));
    if (field == field_of.end()) {
      if (profile.ignore_unknown_columns) continue;
      binding.problems.push_back(
          UnknownColumn(header[i], text::Nearest(header[i], known, SuggestionLimit(header[i]))));
    } else if (!field->second.empty()) {
      const auto [at, fresh] = binding.column_of.emplace(field->second, i);
      if (!fresh) binding.problems.push_back(ColumnTwice(header[i], header[at->second]));
    }
  }
  for (const std::string& field : profile.required) {
    if (binding.column_of.contains(field)) continue;
    const auto headers = profile.columns.find(field);
    const bool named = headers != profile.columns.end() && !headers->second.empty();
    binding.problems.push_back(MissingColumn(named ? headers->second.front() : field));
  }
  return binding;
}

}  // namespace kirikae::tabular
