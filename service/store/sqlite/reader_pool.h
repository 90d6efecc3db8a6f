// Read-only connections, lent one at a time.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "service/store/sqlite/connection.h"
#include "service/store/store.h"

namespace kirikae::store {

/// Thread-safe. Outlives the views it lends.
class ReaderPool {
 public:
  ReaderPool(std::string file, int keep) : file_(std::move(file)), keep_(keep) {}

  /// A snapshot; opens a further connection when all are lent, and keeps no more than `keep`.
  absl::StatusOr<std::unique_ptr<ReadView>> Lend();

 private:
  void TakeBack(std::unique_ptr<Connection> connection);

  const std::string file_;
  const int keep_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Connection>> idle_;
};

}  // namespace kirikae::store
