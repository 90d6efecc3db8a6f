// The head beside the database: what its newest change set was.
#pragma once

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "service/store/sqlite/change_sets.h"
#include "service/store/sqlite/connection.h"

namespace kirikae::store {

/// The file `head` of a state directory: id, hash and time of the newest change set, as lines of
/// text. It is written after each commit and never synced, so it may be behind the database and is
/// never ahead of it. A database that is behind its head has lost something. Not thread-safe.
class HeadFile {
 public:
  explicit HeadFile(const std::string& directory) : path_(directory + "/head") {}
  ~HeadFile();
  HeadFile(const HeadFile&) = delete;
  HeadFile& operator=(const HeadFile&) = delete;

  /// What is in the file. Absent: there is none, or it is damaged.
  std::optional<Head> Read() const;
  /// Whether there is a file that can't be read.
  bool IsDamaged() const;
  /// Writes the head in place. A head that can't be written stays behind, which loses nothing.
  void Write(const Head& head);

 private:
  const std::string path_;
  int file_ = -1;
};

/// OK when the database has the change set that its head names. FAILED_PRECONDITION otherwise:
/// DATABASE_BEHIND (change sets are missing) or DATABASE_FORKED (it has another one in its place).
/// Throws SQLite::Exception.
absl::Status CompareWithHead(Connection& connection, const Head& head);

/// DATABASE_BEHIND for a database that ends at the change set `stored`.
absl::Status Behind(int64_t stored, const Head& head);

}  // namespace kirikae::store
