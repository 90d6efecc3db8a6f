// Reads small files that a person names.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace kirikae::server {

/// The contents of the files, in order. INVALID_ARGUMENT, FILE_UNREADABLE: one can't be read, or
/// has more than 16 MiB.
absl::StatusOr<std::vector<std::string>> ReadTextFiles(const std::vector<std::string>& paths);

}  // namespace kirikae::server
