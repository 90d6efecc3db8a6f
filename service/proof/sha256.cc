#include "service/proof/sha256.h"

#include "absl/strings/escaping.h"

namespace kirikae::proof {

std::string Sha256::FinishHex() {
  const std::array<unsigned char, 32> hash = Finish();
  return absl::BytesToHexString({reinterpret_cast<const char*>(hash.data()), hash.size()});
}

}  // namespace kirikae::proof
