// The audit log's hash chain.
#pragma once

#include <sodium.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "service/store/sqlite/connection.h"
#include "service/store/store.h"

namespace kirikae::store {

/// What a change set did to one record, as it is stored; the views stay valid while they are used.
struct StoredChanges {
  std::string_view subject;  ///< the record it is listed under: a placement's is its device
  std::string_view record;
  std::string_view fields;  ///< see packed_changes.h
  int64_t count = 0;        ///< of the fields
};

/// The hash of a change set, a record at a time: hex of BLAKE2b-256 over the predecessor's hash and
/// every field of the set and its changes as they are stored, each with its length before it, then
/// their number, so that no two contents give the same bytes.
class ChangeSetHasher {
 public:
  /// Takes what is known of the set before its changes.
  ChangeSetHasher(const std::string& predecessor, const domain::ChangeSet& set);
  void Add(const StoredChanges& changes);
  /// Fields changed so far.
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
