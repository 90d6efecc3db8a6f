// A database on a disk that can't be written.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace kirikae::store {

/// A file that holds the whole database and that nobody changes: the database itself where its log
/// is empty, or a copy in memory (/dev/shm) into which the log was folded.
class StillFile {
 public:
  /// UNAVAILABLE or RESOURCE_EXHAUSTED: there is a log, and it can't be copied.
  static absl::StatusOr<std::unique_ptr<StillFile>> Of(const std::string& file);
  ~StillFile();
  StillFile(const StillFile&) = delete;
  StillFile& operator=(const StillFile&) = delete;

  const std::string& path() const { return path_; }

 private:
  StillFile(std::string path, std::string folder)
      : path_(std::move(path)), folder_(std::move(folder)) {}

  const std::string path_;
  const std::string folder_;  ///< of the copy; "" = the database itself
};

}  // namespace kirikae::store
