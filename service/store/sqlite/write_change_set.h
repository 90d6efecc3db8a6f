// The only way to write: turns a draft's edits into rows, their history and a link of the audit
// chain.
#pragma once

#include "absl/status/status.h"
#include "service/store/sqlite/change_sets.h"
#include "service/store/sqlite/connection.h"
#include "service/store/store.h"

namespace kirikae::store {

/// Writes a draft inside the caller's transaction, behind `head`, the last change set, and makes
/// what it wrote the head. Writes nothing when no field changes. ABORTED when an edit's version is
/// not the stored one; the head then stays. Throws SQLite::Exception.
absl::Status WriteChangeSet(Connection& connection, const Draft& draft,
                            const std::string& request_id, Head& head);

}  // namespace kirikae::store
