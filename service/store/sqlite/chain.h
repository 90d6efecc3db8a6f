// The audit log's hash chain.
#pragma once

#include "service/store/sqlite/connection.h"
#include "service/store/store.h"

namespace kirikae::store {

/// Recomputes every hash from the stored change sets.
ChainReport VerifyChain(Connection& connection);

}  // namespace kirikae::store
