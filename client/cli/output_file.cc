#include "client/cli/output_file.h"

#include <cstdio>
#include <fstream>
#include <iostream>

#include "client/cli/failure.h"

namespace kirikae::cli {

void WriteOutput(const std::string& path, const std::string& bytes) {
  if (path == "-") {
    std::cout << bytes << std::flush;
    return;
  }
  const std::string part = path + ".part";
  std::ofstream file(part, std::ios::binary);
  file << bytes;
  file.close();
  if (file && std::rename(part.c_str(), path.c_str()) == 0) return;
  std::remove(part.c_str());
  throw FileUnwritable(path);
}

}  // namespace kirikae::cli
