// Creates or changes a rollout from a file.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "service/domain/records.h"
#include "service/store/store.h"

namespace kirikae::app {

/// The rollout after applying a file.
struct AppliedFile {
  domain::Rollout rollout;               ///< with the version that is stored now
  bool created = false;                  ///< there was no such rollout
  bool changed = false;                  ///< the stored file differs; true for a new rollout
  std::vector<std::string> differences;  ///< top-level keys that differ from the stored file
};

/// Reads the YAML and stores it in the rollout that it names. INVALID_ARGUMENT with every
/// violation. ABORTED when `etag` is neither "" nor the stored rollout's version.
absl::StatusOr<AppliedFile> ApplyFile(store::ReadView& view, const std::string& content,
                                      const std::string& etag);

}  // namespace kirikae::app
