// Flags whose values are a closed set or a number in a range.
#pragma once

#include <CLI/CLI.hpp>
#include <map>
#include <string>
#include <vector>

namespace kirikae::cli {

/// Refuses every other value (Failure, USAGE) and says which one is near.
CLI::Validator OneOf(const std::vector<std::string>& values);

/// Like it, for an enumeration: puts the value's number in the place of its name.
template <typename Enum>
CLI::Validator OneOf(const std::map<std::string, Enum>& values) {
  std::vector<std::string> names;
  names.reserve(values.size());
  for (const auto& [name, value] : values) names.push_back(name);
  const CLI::Validator check = OneOf(names);
  return CLI::Validator(
      [check, values](std::string& text) {
        check(text);
        text = std::to_string(static_cast<int>(values.at(text)));
        return std::string();
      },
      check.get_description(), check.get_name());
}

/// Refuses what is no whole number from `least` to `most` (Failure, USAGE).
CLI::Validator WholeNumber(int64_t least, int64_t most);

/// The values that an option may have: those of OneOf, and the names of the API for `--cause`,
/// `--role` and `--method`; none where any text may be.
std::vector<std::string> ValuesOf(CLI::Option& option);

/// "Did you mean $0?" after a space where one of the values is near what was given, else "".
std::string DidYouMean(const std::string& given, const std::vector<std::string>& values);

}  // namespace kirikae::cli
