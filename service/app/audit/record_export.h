// The whole record as a file, in parts.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "service/store/store.h"

namespace kirikae::app {

/// Writes the lines of proof/export_lines.h. A change set never changes, so each part may be read
/// in a snapshot of its own. Not thread-safe.
class RecordExport {
 public:
  /// Of the record with this origin, up to the change set `last`.
  RecordExport(std::string origin, int64_t last) : origin_(std::move(origin)), last_(last) {}

  /// The next lines, some 64 KiB; empty behind the last line.
  absl::StatusOr<std::string> Next(store::ReadView& view);

 private:
  absl::Status AddSet(store::ReadView& view, std::string& lines);

  const std::string origin_;
  const int64_t last_;
  store::ChangePlace place_;  ///< of the last line that was written; 0 = none
  bool in_set_ = false;       ///< whether the set at place_ may have further changes
  bool ended_ = false;
};

}  // namespace kirikae::app
