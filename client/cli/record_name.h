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

/// `devices/TAG` for a tag in any form of TagOf.
inline std::string DeviceName(const std::string& given) { return "devices/" + TagOf(given); }

}  // namespace kirikae::cli
