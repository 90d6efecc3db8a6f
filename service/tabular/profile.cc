#include "service/tabular/profile.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <set>

#include "service/text/fold.h"
#include "service/text/similar.h"

namespace kirikae::tabular {
namespace {

std::vector<std::string> KnownHeaders(const Profile& profile) {
  std::vector<std::string> out;
  for (const auto& [field, headers] : profile.columns) {
    out.insert(out.end(), headers.begin(), headers.end());
  }
  return out;
}

using FieldOfHeader = absl::flat_hash_map<std::string, std::string>;

// By folded header; "" is an ignored one.
FieldOfHeader FieldsByHeader(const Profile& profile) {
  FieldOfHeader field_of;
  for (const auto& [field, headers] : profile.columns) {
    for (const std::string& known : headers) field_of.emplace(text::FoldSearch(known), field);
  }
  for (const std::string& ignored : profile.ignored) field_of[text::FoldSearch(ignored)] = "";
  return field_of;
}

size_t SuggestionLimit(std::string_view header) { return header.size() <= 6 ? 1 : 2; }

}  // namespace

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

HeaderFit FitOf(const Profile& profile, const std::vector<std::string>& header) {
  const FieldOfHeader field_of = FieldsByHeader(profile);
  std::set<std::string> fields;
  for (const std::string& cell : header) {
    const auto field = field_of.find(text::FoldSearch(cell));
    if (field != field_of.end() && !field->second.empty()) fields.insert(field->second);
  }
  return {fields.size(), std::all_of(profile.required.begin(), profile.required.end(),
                                     [&](const auto& field) { return fields.contains(field); })};
}

Binding Bind(const Profile& profile, const std::vector<std::string>& header) {
  const FieldOfHeader field_of = FieldsByHeader(profile);
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
