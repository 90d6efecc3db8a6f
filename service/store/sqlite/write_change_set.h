// The one way to write: a draft's edits become rows, history and an audit link together.
#pragma once

#include "absl/status/status.h"
#include "service/store/sqlite/connection.h"
#include "service/store/store.h"

namespace kirikae::store {

/// The id the next change set will have.
int64_t NextChangeSetId(Connection& connection);

/// Writes a draft inside the caller's transaction. Nothing is written where nothing changes.
/// ABORTED where an edit's version is not the stored one. Throws SQLite::Exception.
absl::Status WriteChangeSet(Connection& connection, const Draft& draft,
                            const std::string& request_id);

}  // namespace kirikae::store
