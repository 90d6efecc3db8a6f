// The one way to write: a draft's edits become rows, their history and a link of the audit chain.
#pragma once

#include "absl/status/status.h"
#include "service/store/sqlite/connection.h"
#include "service/store/store.h"

namespace kirikae::store {

/// Writes a draft inside the caller's transaction. Writes nothing where no field changes. ABORTED
/// where an edit's version is not the stored one. Throws SQLite::Exception.
absl::Status WriteChangeSet(Connection& connection, const Draft& draft,
                            const std::string& request_id);

}  // namespace kirikae::store
