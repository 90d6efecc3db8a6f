// Read-only connections, lent one at a time.
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

/// A connection with an open snapshot that holds all commits up to a count of
/// them.
struct Reader {
  std::unique_ptr<Connection> connection;
  int64_t commits = 0;
};

/// Thread-safe. Outlives the views it lends. A returned snapshot is kept open
/// and lent again until something is committed: beginning and ending one takes
/// several locks on the file, which costs a small read more than the read
/// itself.
class ReaderPool {
 public:
  ReaderPool(std::string file, int keep) : file_(std::move(file)), keep_(keep) {}

  /// A snapshot that holds every commit that OnCommit was told of; opens a
  /// further connection when all are lent, and keeps no more than `keep`.
  absl::StatusOr<std::unique_ptr<ReadView>> Lend();
  /// Ends the idle snapshots, which are old now and would keep the log from
  /// being folded in. To be called after each commit, before it is
  /// acknowledged.
  void OnCommit();
  /// A lent reader comes back.
  void TakeBack(Reader reader);

 private:
  const std::string file_;
  const int keep_;
  std::atomic<int64_t> commits_{0};
  std::mutex mutex_;
  std::vector<Reader> idle_;
};

}  // namespace kirikae::store
