// The table of kept checkpoints.
#pragma once

#include "service/store/sqlite/connection.h"
#include "service/store/store.h"

namespace kirikae::store {

/// Adds a checkpoint, in place of one of the same size. Throws SQLite::Exception.
void PutCheckpoint(Connection& connection, const KeptCheckpoint& checkpoint);

}  // namespace kirikae::store
