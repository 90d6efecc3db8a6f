// The audit log's hash chain.
#pragma once

#include <string>
#include <vector>

#include "service/store/sqlite/connection.h"
#include "service/store/store.h"

namespace kirikae::store {

/// A change with the record it is listed under: a placement's under its device.
struct StoredChange {
  std::string subject;
  domain::Change change;
};

/// Hex of BLAKE2b-256 over the predecessor's hash and every field of the change set and its
/// changes, each with its length before it, so that no two contents give the same bytes.
std::string ChangeSetHash(const std::string& predecessor, const domain::ChangeSet& set,
                          const std::vector<StoredChange>& changes);

/// Recomputes every hash from what is stored.
ChainReport VerifyChain(Connection& connection);

/// A row of `change_sets` in its column order, without what undid it.
domain::ChangeSet ReadChangeSet(const Query& row);

}  // namespace kirikae::store
