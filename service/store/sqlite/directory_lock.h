// Ensures that only one process owns a state directory.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace kirikae::store {

/// Holds the lock file of a directory while it lives; the kernel frees the lock when the process
/// dies.
class DirectoryLock {
 public:
  /// FAILED_PRECONDITION with the owner's process id while another process holds the lock.
  static absl::StatusOr<std::unique_ptr<DirectoryLock>> Take(const std::string& directory);
  ~DirectoryLock();
  DirectoryLock(const DirectoryLock&) = delete;
  DirectoryLock& operator=(const DirectoryLock&) = delete;

 private:
  explicit DirectoryLock(int file) : file_(file) {}
  const int file_;
};

}  // namespace kirikae::store
