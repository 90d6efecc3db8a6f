// The audit log's hash chain.
#pragma once

#include <sodium.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "service/store/sqlite/connection.h"
#include "service/store/store.h"

namespace kirikae::store {

/// A change with the record it is listed under: a placement's under its device.
struct StoredChange {
  std::string subject;
  domain::Change change;
};

/// The hash of a change set, a change at a time: hex of BLAKE2b-256 over the predecessor's hash and
/// every field of the set and its changes, each with its length before it, then their number, so
/// that no two contents give the same bytes.
class ChangeSetHasher {
 public:
  /// Takes what is known of the set before its changes.
  ChangeSetHasher(const std::string& predecessor, const domain::ChangeSet& set);
  void Add(const StoredChange& change);
  int64_t count() const { return count_; }
  /// The hash; once.
  std::string Finish();

 private:
  void Add(std::string_view text);
  void AddNumber(int64_t number);

  crypto_generichash_state state_;
  int64_t count_ = 0;
};

/// Recomputes every hash from what is stored.
ChainReport VerifyChain(Connection& connection);

/// A row of `change_sets` in its column order, without what undid it.
domain::ChangeSet ReadChangeSet(const Query& row);

}  // namespace kirikae::store
