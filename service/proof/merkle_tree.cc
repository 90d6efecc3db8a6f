#include "service/proof/merkle_tree.h"

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "service/absl_view.h"
#include "service/proof/sha256.h"

namespace kirikae::proof {
namespace {

constexpr size_t kHexDigits = 64;
// What stands before the bytes of a leaf and of an inner node, so that neither passes for the
// other.
constexpr std::string_view kLeaf("\0", 1);
constexpr std::string_view kNode("\1", 1);

TreeHash HashOf(std::string_view kind, std::string_view first, std::string_view second) {
  Sha256 hash;
  for (const std::string_view bytes : {kind, first, second}) hash.Add(bytes);
  return hash.Finish();
}

std::string_view BytesOf(const TreeHash& hash) {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

TreeHash Joined(const TreeHash& left, const TreeHash& right) {
  return HashOf(kNode, BytesOf(left), BytesOf(right));
}

}  // namespace

void MerkleTree::Append(std::string_view leaf) {
  TreeHash hash = HashOf(kLeaf, leaf, "");
  // Two full subtrees of one size become one: as often as the size ends in a one.
  for (int64_t rest = size_; (rest & 1) != 0; rest >>= 1) {
    hash = Joined(peaks_.back(), hash);
    peaks_.pop_back();
  }
  peaks_.push_back(hash);
  ++size_;
}

TreeHash MerkleTree::Root() const {
  if (peaks_.empty()) return Sha256().Finish();
  TreeHash root = peaks_.back();
  for (auto peak = peaks_.rbegin() + 1; peak != peaks_.rend(); ++peak) root = Joined(*peak, root);
  return root;
}

std::string LeafOf(std::string_view hash_hex) {
  if (hash_hex.size() != kHexDigits) return "";
  for (const char digit : hash_hex) {
    if (!absl::ascii_isxdigit(static_cast<unsigned char>(digit))) return "";
  }
  return absl::HexStringToBytes(AbslView(hash_hex));
}

}  // namespace kirikae::proof
