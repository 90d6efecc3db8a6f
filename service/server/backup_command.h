// kirikaed backup, kirikaed restore.
#pragma once

#include "service/server/config.h"

namespace kirikae::server {

/// Writes a backup and says what it holds. Returns the exit code.
int Backup(const Config& config);

/// Puts a backup into an empty state directory, checks it, and says so in the record. Returns the
/// exit code.
int Restore(const Config& config);

}  // namespace kirikae::server
