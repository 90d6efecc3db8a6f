// Backups: whole copies of a database, each one file.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace kirikae::store {

/// What a backup holds. It stands in lines of text behind the database in the backup's file; SQLite
/// does not read them, so that the file can be opened as it is.
struct BackupSeal {
  int64_t change_set = 0;  ///< the newest
  std::string hash;        ///< of the newest change set, hex
  absl::Time time;         ///< when the newest change set was recorded
  int64_t bytes = 0;       ///< of the database
  std::string sha256;      ///< of those bytes, hex
};

/// Writes a backup of the database of a state directory; a daemon may serve it meanwhile. The copy
/// is read back and checked, and has its name only when it is whole and synced.
/// FAILED_PRECONDITION, BACKUP_UNSOUND: the copy has findings; nothing is left. NOT_FOUND without a
/// database. UNAVAILABLE or RESOURCE_EXHAUSTED: a disk.
absl::StatusOr<BackupSeal> WriteBackup(const std::string& directory, const std::string& to);

/// The seal of a backup, compared with its bytes. INVALID_ARGUMENT, NOT_A_BACKUP: the file has
/// none, was cut off or altered. UNAVAILABLE: it can't be read.
absl::StatusOr<BackupSeal> ReadBackup(const std::string& from);

/// Writes the database of a backup, read by ReadBackup, as a new file and syncs it.
absl::Status UnpackBackup(const std::string& from, const BackupSeal& seal, const std::string& to);

}  // namespace kirikae::store
