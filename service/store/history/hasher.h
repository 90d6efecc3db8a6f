// The hash of a change set, which holds its predecessor's: the link of the audit log's chain.
#pragma once

#include <sodium.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "service/domain/records.h"

namespace kirikae::store {

/// What a change set did to one record, as it is stored. The caller keeps the bytes alive during
/// the call that takes it.
struct StoredChanges {
  std::string_view subject;  ///< the record it is listed under: a placement's is its device
  std::string_view record;
  std::string_view fields;  ///< see packed_changes.h
  int64_t count = 0;        ///< of the fields
};

/// Hashes a change set, a record at a time. The hash is the hex text of BLAKE2b-256 over the
/// predecessor's hash and every field of the set and its changes as they are stored, each with its
/// length before it, then over the number of changed fields. No two contents give the same bytes.
class ChangeSetHasher {
 public:
  /// Takes what is known of the set before its changes. `predecessor` is the hash of the set
  /// before; "" for the first one.
  ChangeSetHasher(const std::string& predecessor, const domain::ChangeSet& set);
  void Add(const StoredChanges& changes);
  /// Fields changed so far.
  int64_t count() const { return count_; }
  /// The hash. Call it once, as the last.
  std::string Finish();

 private:
  void Add(std::string_view text);
  void AddNumber(int64_t number);

  crypto_generichash_state state_;
  int64_t count_ = 0;
};

}  // namespace kirikae::store
