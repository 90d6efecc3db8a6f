#include "client/cli/output_file.h"

#include <cstdio>
#include <utility>

#include "client/cli/failure.h"

namespace kirikae::cli {

OutputFile::OutputFile(std::string path) : path_(std::move(path)), part_(path_ + ".part") {
  if (path_ == "-") return;
  file_.open(part_, std::ios::binary);
  if (!file_) throw FileUnwritable(path_);
}

OutputFile::~OutputFile() {
  if (file_.is_open()) {
    file_.close();
    std::remove(part_.c_str());
  }
}

void OutputFile::Add(const std::string& bytes) { out() << bytes; }

void OutputFile::Keep() {
  if (path_ == "-") {
    std::cout << std::flush;
    return;
  }
  file_.close();
  if (file_ && std::rename(part_.c_str(), path_.c_str()) == 0) return;
  std::remove(part_.c_str());
  throw FileUnwritable(path_);
}

void WriteOutput(const std::string& path, const std::string& bytes) {
  OutputFile file(path);
  file.Add(bytes);
  file.Keep();
}

}  // namespace kirikae::cli
