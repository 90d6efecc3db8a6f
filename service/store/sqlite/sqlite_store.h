// The embedded store: one SQLite file in a state directory.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "service/store/store.h"

namespace kirikae::store {

/// Where and how to open.
struct OpenOptions {
  std::string directory;  ///< exists and is writable; holds `kirikae.db` and `lock`
  int readers = 4;        ///< read connections kept open
  bool init = false;      ///< begin a new ward even where other files are (see beginning.h)
  /// Open a database that has lost change sets, or is another than the one that was here, and say
  /// so in the record.
  bool accept_loss = false;
  absl::Time now = absl::Now();  ///< when a loss is recorded
  /// Told, before the store is returned, that its disk can't be written: reads are served, and each
  /// write tries again.
  std::function<void(const absl::Status&)> on_read_only = nullptr;
  /// Runs every write twice and keeps only the second run. For tests: this shows makers that can't
  /// run twice (see store::Maker).
  bool run_writes_twice = false;
  /// After so long without a write, the log is folded into the file.
  std::chrono::milliseconds idle = std::chrono::seconds(5);
};

/// Opens or creates the store and migrates it to this program's schema. One process owns the
/// directory at a time, so no other process commits. FAILED_PRECONDITION: another process owns the
/// directory (its process id is named) or the database; the file is newer than this program (it
/// stays untouched); it is behind its head or another one (head_file.h); a new ward would begin
/// among other files. UNAVAILABLE or RESOURCE_EXHAUSTED: the directory can't be used, or its disk
/// can't be written and the database is older than this program.
absl::StatusOr<std::unique_ptr<Store>> OpenSqliteStore(const OpenOptions& options);

/// The schema of the database of a directory, read without changing it; 0 = there is none yet.
/// FAILED_PRECONDITION, NEWER_DATABASE: it is newer than this program. UNAVAILABLE: it can't be
/// read.
absl::StatusOr<int> StoredSchema(const std::string& directory);
/// The schema that this program writes.
int KnownSchema();

}  // namespace kirikae::store
