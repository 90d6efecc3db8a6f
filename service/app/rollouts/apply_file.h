// Creates or changes a rollout from a file.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "service/app/rollouts/rollout_file.h"
#include "service/domain/records.h"
#include "service/store/store.h"

namespace kirikae::app {

/// A rollout file that was read, and how it differs from the stored one. Reading takes up to a
/// second, so that it is not done on the writer's thread.
struct ReadRollout {
  std::string content;
  RolloutFile file;
  std::string compared_with;             ///< the stored file then; "" = there was no such rollout
  std::vector<std::string> differences;  ///< top-level keys that differ from it
};

/// Reads the YAML. INVALID_ARGUMENT with every violation.
absl::StatusOr<ReadRollout> ReadRolloutContent(store::ReadView& view, const std::string& content);

/// What applying a file makes of its rollout.
struct AppliedFile {
  domain::Rollout rollout;               ///< with the version that is stored now
  bool created = false;                  ///< there was no such rollout
  bool changed = false;                  ///< the stored file differs; true for a new rollout
  std::vector<std::string> differences;  ///< top-level keys that differ from the stored file
};

/// Puts the file into the rollout that it names. ABORTED where `etag` is not "" and not the stored
/// rollout's version.
absl::StatusOr<AppliedFile> ApplyFile(store::ReadView& view, const ReadRollout& read,
                                      const std::string& etag);

}  // namespace kirikae::app
