#include "client/cli/output_file.h"

#include <cstdio>
#include <filesystem>
#include <system_error>
#include <utility>

#include "client/cli/failure.h"

namespace kirikae::cli {

OutputFile::OutputFile(std::string path) : path_(std::move(path)), file_path_(path_) {
  if (path_ == "-") return;
  std::error_code error;
  // Its end may not be there yet.
  for (int links = 0; std::filesystem::is_symlink(file_path_, error); ++links) {
    constexpr int kMostLinks = 40;
    const std::filesystem::path link(file_path_);
    file_path_ = (link.parent_path() / std::filesystem::read_symlink(link, error)).string();
    if (error || links == kMostLinks) throw FileUnwritable(path_);
  }
  const bool in_place = std::filesystem::exists(file_path_, error) &&
                        !std::filesystem::is_regular_file(file_path_, error);
  if (!in_place) part_ = file_path_ + ".part";
  file_.open(in_place ? file_path_ : part_, std::ios::binary);
  if (!file_) throw FileUnwritable(path_);
}

OutputFile::~OutputFile() {
  if (file_.is_open()) {
    file_.close();
    if (!part_.empty()) std::remove(part_.c_str());
  }
}

void OutputFile::Add(const std::string& bytes) { out() << bytes; }

void OutputFile::Keep() {
  if (path_ == "-") {
    std::cout << std::flush;
    return;
  }
  file_.close();
  if (file_ && (part_.empty() || std::rename(part_.c_str(), file_path_.c_str()) == 0)) return;
  if (!part_.empty()) std::remove(part_.c_str());
  throw FileUnwritable(path_);
}

void WriteOutput(const std::string& path, const std::string& bytes) {
  OutputFile file(path);
  file.Add(bytes);
  file.Keep();
}

}  // namespace kirikae::cli
