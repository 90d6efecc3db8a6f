// The schema as an ordered list of steps.
#pragma once

#include "absl/status/status.h"
#include "service/store/sqlite/connection.h"

namespace kirikae::store {

/// The schema version that this program writes.
int SchemaVersion();

/// The `user_version` of a file; 0 for a new one.
int FileVersion(Connection& connection);

/// Runs the steps that are new to the file, each in its own transaction.
void Migrate(Connection& connection);

/// Writes the file anew where an older program made it so that it can't give free pages back to the
/// disk. A disk without room for that leaves it as it is.
void LetShrink(Connection& connection);

}  // namespace kirikae::store
