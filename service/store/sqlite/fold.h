// Folds the write-ahead log into the database file.
#pragma once

#include "service/store/sqlite/connection.h"

namespace kirikae::store {

/// Folds the whole log into the file, syncs it and cuts the log. Waits for no reader: false when
/// one keeps it from that. Throws SQLite::Exception.
bool FoldLog(Connection& connection);

}  // namespace kirikae::store
