// The tree of RFC 6962, against the roots that other programs give for the same leaves.
#include "service/proof/merkle_tree.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "service/proof/sha256.h"

namespace kirikae::proof {
namespace {

std::string Hex(const TreeHash& hash) {
  return absl::BytesToHexString({reinterpret_cast<const char*>(hash.data()), hash.size()});
}

// The leaves and roots with which certificate-transparency logs are tested.
TEST(MerkleTree, HasTheRootsOfOtherPrograms) {
  const std::vector<std::string> leaves = {"",
                                           "00",
                                           "10",
                                           "2021",
                                           "3031",
                                           "40414243",
                                           "5051525354555657",
                                           "606162636465666768696a6b6c6d6e6f"};
  const std::vector<std::string> roots = {
      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
      "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
      "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
      "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
      "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
      "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
  MerkleTree tree;
  EXPECT_EQ(Hex(tree.Root()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  for (size_t i = 0; i < leaves.size(); ++i) {
    tree.Append(absl::HexStringToBytes(leaves[i]));
    EXPECT_EQ(tree.size(), static_cast<int64_t>(i) + 1);
    EXPECT_EQ(Hex(tree.Root()), roots[i]) << i;
  }
}

// The root as RFC 6962 writes it: split at the largest power of two below the size.
TreeHash RootOf(const std::vector<std::string>& leaves, size_t begin, size_t end) {
  MerkleTree one;
  if (end - begin == 1) {
    one.Append(leaves[begin]);
    return one.Root();
  }
  size_t half = 1;
  while (half * 2 < end - begin) half *= 2;
  const TreeHash left = RootOf(leaves, begin, begin + half);
  const TreeHash right = RootOf(leaves, begin + half, end);
  // An inner node, by hand.
  Sha256 node;
  node.Add(std::string("\1", 1));
  for (const TreeHash& hash : {left, right}) {
    node.Add({reinterpret_cast<const char*>(hash.data()), hash.size()});
  }
  return node.Finish();
}

TEST(MerkleTree, IsTheRecursiveOneAtEverySize) {
  std::vector<std::string> leaves;
  MerkleTree tree;
  for (int i = 0; i < 200; ++i) {
    leaves.push_back("leaf " + std::to_string(i));
    tree.Append(leaves.back());
    EXPECT_EQ(tree.Root(), RootOf(leaves, 0, leaves.size())) << i;
  }
}

TEST(MerkleTree, LeavesAreTheBytesOfHashes) {
  EXPECT_EQ(LeafOf(std::string(64, 'f')), std::string(32, '\xFF'));
  EXPECT_EQ(LeafOf(std::string(63, 'f')), "");
  EXPECT_EQ(LeafOf(std::string(64, 'g')), "");
}

}  // namespace
}  // namespace kirikae::proof
