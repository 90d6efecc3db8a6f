// The Merkle tree over the record, as RFC 6962, section 2.1, defines it, with SHA-256.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kirikae::proof {

/// A hash of the tree.
using TreeHash = std::array<unsigned char, 32>;

/// A tree that grows at its end. It keeps one hash for each bit of its size, so its root is made
/// without the leaves. Not thread-safe.
class MerkleTree {
 public:
  /// Adds the next leaf, any bytes.
  void Append(std::string_view leaf);
  /// The number of leaves.
  int64_t size() const { return size_; }
  /// The hash of the whole tree; of an empty tree, the hash of no bytes.
  TreeHash Root() const;

 private:
  int64_t size_ = 0;
  /// The roots of the full subtrees, the largest first: one for each bit of the size.
  std::vector<TreeHash> peaks_;
};

/// The leaf of a change set: the 32 bytes that its hash in hex stands for. Empty for a text that is
/// no such hash.
std::string LeafOf(std::string_view hash_hex);

}  // namespace kirikae::proof
