// The small files next to the database: the first token and the endpoints.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace kirikae::server {

/// Makes the directory with mode 0700 if it is missing.
absl::Status MakeDirectory(const std::string& directory);

/// Writes a new file with mode 0600 and syncs it; ALREADY_EXISTS when it exists.
absl::Status WriteSecret(const std::string& path, std::string_view content);

/// Replaces a file atomically.
absl::Status ReplaceFile(const std::string& path, std::string_view content);

}  // namespace kirikae::server
