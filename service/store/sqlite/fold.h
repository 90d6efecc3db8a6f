// Folds the write-ahead log into the database file.
#pragma once

#include "service/store/sqlite/connection.h"

namespace kirikae::store {

/// Makes sure that the log is on the disk as it is read. After a failed sync the system believes
/// that it is, so that a further sync does nothing; bytes that are written once more are synced.
/// Call it when a database is opened, before anything is folded or written. Throws
/// SQLite::Exception.
void SecureLog(Connection& connection);

/// Folds the whole log into the file, syncs it and cuts the log. Waits for no reader: false when
/// one keeps it from that. Throws SQLite::Exception.
bool FoldLog(Connection& connection);

}  // namespace kirikae::store
