// Creates or changes a rollout from a file.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "service/app/rollouts/rollout_file.h"
#include "service/app/rollouts/rollout_rules.h"
#include "service/domain/records.h"
#include "service/store/store.h"

namespace kirikae::app {

/// How a file differs from the one that is in force.
struct FileDifference {
  std::vector<std::string> keys;      ///< top-level keys that differ; all of a new rollout's file
  std::vector<RuleDifference> rules;  ///< what only an approver may change; none for a new rollout
};

/// A rollout file that was read, and how it differs from the stored one. Reading takes up to a
/// second, so that it is not done on the writer's thread.
struct ReadRollout {
  std::string content;
  RolloutFile file;
  std::string compared_with;  ///< the stored file then; "" = there was no such rollout
  FileDifference difference;
};

/// Reads the YAML. INVALID_ARGUMENT with every violation.
absl::StatusOr<ReadRollout> ReadRolloutContent(store::ReadView& view, const std::string& content);

/// How `after`, the file that was read from `content`, differs from the file `before`, which is or
/// was in force; "" = there is none.
absl::StatusOr<FileDifference> CompareFiles(const std::string& before, const std::string& content,
                                            const RolloutFile& after);

/// What applying a file makes of its rollout.
struct AppliedFile {
  domain::Rollout rollout;    ///< with the version that is stored now
  bool created = false;       ///< there was no such rollout
  bool changed = false;       ///< the stored file differs; true for a new rollout
  FileDifference difference;  ///< from the stored file
};

/// Puts the file into the rollout that it names. ABORTED where `etag` is not "" and not the stored
/// rollout's version. FAILED_PRECONDITION: the rollout is under way and rules differ, which needs a
/// proposal; or it is over and rules differ.
absl::StatusOr<AppliedFile> ApplyFile(store::ReadView& view, const ReadRollout& read,
                                      const std::string& etag);

/// The same for a file whose rules an approver accepts. FAILED_PRECONDITION when it leaves out a
/// phase that has begun, or puts another one before it.
absl::StatusOr<AppliedFile> PutFile(store::ReadView& view, const ReadRollout& read,
                                    const std::string& etag);

}  // namespace kirikae::app
