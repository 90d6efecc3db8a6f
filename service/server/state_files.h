// The state directory and the small files next to the database.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace kirikae::server {

/// Makes the directory with mode 0700 if it is missing.
absl::Status MakeDirectory(const std::string& directory);

/// NOT_FOUND, NO_DATABASE, where the directory has no database.
absl::Status RequireDatabase(const std::string& directory);

/// Takes from others the right to enter the directory. FAILED_PRECONDITION, DIRECTORY_OPEN: they
/// may enter it, and it is another account's or one for all.
absl::Status CloseToOthers(const std::string& directory);

/// Writes a new file with mode 0600 and syncs it; ALREADY_EXISTS when it exists.
absl::Status WriteNewFile(const std::string& path, std::string_view content);

/// Replaces a file atomically; only its owner may read it.
absl::Status ReplaceSecret(const std::string& path, std::string_view content);

/// Replaces a file atomically; everybody may read it.
absl::Status ReplaceFile(const std::string& path, std::string_view content);

}  // namespace kirikae::server
