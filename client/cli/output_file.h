// Writes the files of commands.
#pragma once

#include <fstream>
#include <iostream>
#include <string>

namespace kirikae::cli {

/// A file that is written in parts, or standard output when its path is "-". It is written under
/// another name, and has its own once it is whole, so that no incomplete file stays. A symbolic
/// link stays one. What is no regular file, such as a pipe or a device, is written in place.
class OutputFile {
 public:
  /// Throws FileUnwritable.
  explicit OutputFile(std::string path);
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  void Add(const std::string& bytes);
  /// The file is whole. Throws FileUnwritable.
  void Keep();

 private:
  std::ostream& out() { return path_ == "-" ? std::cout : file_; }

  const std::string path_;
  std::string file_path_;  ///< where links lead
  std::string part_;       ///< "" where the file is written in place
  std::ofstream file_;
};

/// Writes a whole file, or writes to standard output when `path` is "-". The file is first written
/// as an OutputFile. Throws FileUnwritable.
void WriteOutput(const std::string& path, const std::string& bytes);

}  // namespace kirikae::cli
