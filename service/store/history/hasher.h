// The hash of a change set. It covers the hash of the previous set, so the sets form the audit
// log's chain.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "service/domain/records.h"
#include "service/domain/text_hash.h"

namespace kirikae::store {

/// What a change set did to one record, as stored. The caller keeps the bytes alive during the call
/// that takes it.
struct StoredChanges {
  std::string_view subject;  ///< the record it is listed under: a placement's is its device
  std::string_view record;
  std::string_view fields;  ///< see packed_changes.h
  int64_t count = 0;        ///< of the fields
};

/// Hashes a change set, a record at a time. The hash (domain::TextHash) covers the previous
/// set's hash, then every field of the set and of its changes as stored, then the number of changed
/// fields. Different contents never give the same bytes.
class ChangeSetHasher {
 public:
  /// Takes the fields of the set that are known before its changes. `predecessor` is the hash of
  /// the previous set; "" for the first one.
  ChangeSetHasher(const std::string& predecessor, const domain::ChangeSet& set);
  void Add(const StoredChanges& changes);
  /// Fields changed so far.
  int64_t count() const { return count_; }
  /// The hash. Call it once, as the last call.
  std::string Finish();

 private:
  domain::TextHash hash_;
  int64_t count_ = 0;
};

}  // namespace kirikae::store
