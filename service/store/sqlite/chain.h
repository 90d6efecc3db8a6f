// The audit log's hash chain.
#pragma once

#include "service/store/history/hasher.h"
#include "service/store/sqlite/connection.h"
#include "service/store/store.h"

namespace kirikae::store {

/// Recomputes every hash from what is stored.
ChainReport VerifyChain(Connection& connection);

/// A row of `change_sets` in its column order, without what undid it.
domain::ChangeSet ReadChangeSet(const Query& row);

}  // namespace kirikae::store
