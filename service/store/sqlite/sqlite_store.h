// The embedded store: one SQLite file in a state directory.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "service/store/store.h"

namespace kirikae::store {

/// Where and how to open.
struct OpenOptions {
  std::string directory;  ///< exists and is writable; holds `kirikae.db` and `lock`
  int readers = 4;        ///< read connections kept open
  /// Runs every write twice and keeps only the second run. For tests: this shows makers that can't
  /// run twice (see store::Maker).
  bool run_writes_twice = false;
  /// After so long without a write, the log is folded into the file.
  std::chrono::milliseconds idle = std::chrono::seconds(5);
};

/// Opens or creates the store and migrates it to this program's schema. One process owns the
/// directory at a time, so no other process commits. FAILED_PRECONDITION: another process owns the
/// directory (its process id is named), or the file is newer than this program (it stays
/// untouched). UNAVAILABLE: the directory can't be used.
absl::StatusOr<std::unique_ptr<Store>> OpenSqliteStore(const OpenOptions& options);

}  // namespace kirikae::store
