// Names of records that are given on the command line.
#pragma once

#include <string>

#include "client/cli/tag.h"

namespace kirikae::cli {

/// `COLLECTION/ID` for an id, or for that name itself, as `-o name` prints it.
inline std::string RecordName(const std::string& collection, const std::string& given) {
  const std::string prefix = collection + "/";
  return given.starts_with(prefix) ? given : prefix + given;
}

/// `face2025/1` of `rollouts/face2025/plans/1`, and `face2025` of `rollouts/face2025`: what people
/// read, and commands take; "" for "".
inline std::string ShortName(const std::string& name) {
  const size_t first = name.find('/') + 1;
  const size_t second = name.find('/', first);
  if (second == std::string::npos) return name.substr(first);
  return name.substr(first, second - first) + name.substr(name.rfind('/'));
}

/// `devices/TAG` for a tag in any form of TagOf.
inline std::string DeviceName(const std::string& given) { return "devices/" + TagOf(given); }

}  // namespace kirikae::cli
