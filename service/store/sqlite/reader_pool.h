// Lends read-only connections, each to one caller at a time.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "service/store/sqlite/connection.h"
#include "service/store/store.h"

namespace kirikae::store {

/// A connection with an open snapshot that holds at least the first `commits` commits.
struct Reader {
  std::unique_ptr<Connection> connection;
  int64_t commits = 0;
  int64_t source = 0;  ///< counts the files that the pool has read from
};

/// Thread-safe. Must outlive the views that it lends. A returned snapshot stays open and is lent
/// again until something is committed: beginning and ending a snapshot takes several file locks,
/// which cost more than a small read.
class ReaderPool {
 public:
  ReaderPool(std::string file, Access access, int keep)
      : file_(std::move(file)), access_(access), keep_(keep) {}

  /// A snapshot that holds every commit that OnCommit was called for. Opens a further connection
  /// when all are lent; keeps at most `keep` of those that come back. See Store::Read for `stop`.
  absl::StatusOr<std::unique_ptr<ReadView>> Lend(StopWhen stop);
  /// Ends the idle snapshots: they are old now and would keep the write-ahead log from being
  /// checkpointed. To be called after each commit, before the commit is answered.
  void OnCommit();
  /// Reads from another file from now on. False while views of the file before are lent.
  bool ReadFrom(const std::string& file, Access access);
  /// Number of views that are lent.
  int64_t lent();
  /// Closes the idle connections.
  void Close();
  /// Takes a lent reader back.
  void TakeBack(Reader reader);

 private:
  // Counts a lent view as returned; under the lock.
  void Returned(int64_t source);

  std::string file_;
  Access access_;
  const int keep_;
  int64_t source_ = 0;
  int64_t lent_ = 0;      ///< views of the file that is read now
  int64_t lent_old_ = 0;  ///< views of files before
  std::atomic<int64_t> commits_{0};
  std::mutex mutex_;
  std::vector<Reader> idle_;
};

}  // namespace kirikae::store
