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
  /// Locks the database itself too, so that whoever opens it by another directory's name is
  /// refused. Call it while the file is open elsewhere in the process, and free the lock last:
  /// closing a file ends the locks that SQLite has on it. FAILED_PRECONDITION as above.
  absl::Status LockDatabase(const std::string& file);
  ~DirectoryLock();
  DirectoryLock(const DirectoryLock&) = delete;
  DirectoryLock& operator=(const DirectoryLock&) = delete;

 private:
  explicit DirectoryLock(int file) : file_(file) {}
  const int file_;  ///< -1 = the directory has no lock file and can get none
  int database_ = -1;
};

}  // namespace kirikae::store
