// Signs checkpoints of the record.
#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "service/proof/checkpoint.h"
#include "service/proof/signed_note.h"
#include "service/store/store.h"

namespace kirikae::app {

/// A signed checkpoint.
struct SignedCheckpoint {
  int64_t size = 0;  ///< change sets that it covers
  std::string note;
};

/// Keeps the tree of the change sets that it has seen, so that a further checkpoint reads only the
/// new ones. Thread-safe.
class RecordNotary {
 public:
  /// The key's name is the record's origin.
  explicit RecordNotary(proof::SigningKey key) : key_(std::move(key)) {}

  const proof::PublicKey& public_key() const { return key_.public_key(); }
  const std::string& origin() const { return key_.public_key().name; }

  /// Signs a checkpoint of all change sets in the view, or of more that another view had.
  absl::StatusOr<SignedCheckpoint> Sign(store::ReadView& view);

 private:
  const proof::SigningKey key_;
  std::mutex mutex_;
  proof::MerkleTree tree_;
};

/// The public keys that signed this record, as its history has them.
absl::StatusOr<std::vector<proof::PublicKey>> KnownKeys(store::ReadView& view);

/// The act that tells the record of a new key. `draft` has who and when.
store::Draft UseKey(store::Draft draft, const proof::PublicKey& key);

/// Whether an act is an approval, after which a checkpoint is made at once.
bool IsApproval(std::string_view act);

}  // namespace kirikae::app
