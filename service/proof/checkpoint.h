// Checkpoints of the record, as https://c2sp.org/tlog-checkpoint defines them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "service/proof/merkle_tree.h"
#include "service/proof/signed_note.h"

namespace kirikae::proof {

/// What a checkpoint says: the record had `size` change sets, and their tree had this root.
struct Checkpoint {
  std::string origin;  ///< which record
  int64_t size = 0;
  TreeHash root{};
  Signature signature = Signature::kUnknownKey;  ///< of one that was read

  /// The text that is signed: origin, size and root, a line each.
  std::string Text() const;
};

/// Reads a note that is a checkpoint; lines behind the root are allowed. INVALID_ARGUMENT for
/// another.
absl::StatusOr<Checkpoint> ReadCheckpoint(std::string_view note,
                                          const std::vector<PublicKey>& known);

/// The notes in a file that holds one behind another. A file that holds none is one note, which
/// can't be read.
std::vector<std::string> SplitNotes(std::string_view file);

}  // namespace kirikae::proof
