// The daemon's configuration file.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace kirikae::server {

/// A setting: the name of a flag without dashes, and its values.
struct Setting {
  std::string name;
  std::vector<std::string> values;
  int line = 0;  ///< from 1
};

/// The settings of a YAML file: a map of names to a value or a list of values. NOT_FOUND or
/// UNAVAILABLE: the file can't be read; INVALID_ARGUMENT with the line: it is no such map, has a
/// name twice, or is not UTF-8.
absl::StatusOr<std::vector<Setting>> ReadConfigFile(const std::string& path);

}  // namespace kirikae::server
