// Compares a record with checkpoints that were kept elsewhere.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "service/proof/checkpoint.h"
#include "service/proof/finding.h"
#include "service/proof/merkle_tree.h"

namespace kirikae::proof {

/// Takes the leaves of a record in order and compares the tree with each checkpoint at its size.
/// Not thread-safe.
class CheckpointCheck {
 public:
  /// `notes` are files as they were kept, each with one note or several; `known` are the keys that
  /// may have signed them.
  CheckpointCheck(const std::vector<std::string>& notes, const std::vector<PublicKey>& known);

  /// Takes the hash of the next change set, hex.
  void Append(std::string_view hash_hex);
  /// What was found, after the last change set.
  std::vector<Finding> Finish();

  /// Checkpoints that were compared.
  int64_t compared() const { return static_cast<int64_t>(checkpoints_.size()); }
  const MerkleTree& tree() const { return tree_; }

 private:
  void CompareHere();

  std::vector<Checkpoint> checkpoints_;  ///< by size
  size_t next_ = 0;                      ///< of checkpoints_: the first not compared
  int64_t agreed_ = 0;                   ///< the size of the last checkpoint that agreed
  MerkleTree tree_;
  std::vector<Finding> findings_;
};

}  // namespace kirikae::proof
