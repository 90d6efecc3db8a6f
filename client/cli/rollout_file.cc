#include "client/cli/rollout_file.h"

#include <fstream>
#include <iterator>

#include "client/cli/failure.h"

namespace kirikae::cli {

std::string ReadRolloutFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw FileUnreadable(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace kirikae::cli
