#include "service/app/rollouts/apply_file.h"

#include <optional>
#include <utility>

#include "service/domain/errors.h"
#include "service/domain/record_name.h"
#include "service/status_macros.h"

namespace kirikae::app {

absl::StatusOr<ReadRollout> ReadRolloutContent(store::ReadView& view, const std::string& content) {
  ReadRollout read;
  read.content = content;
  ASSIGN_OR_RETURN(read.file, ParseRolloutFile(content));
  ASSIGN_OR_RETURN(const std::optional<domain::Rollout> old, view.FindRollout(read.file.id));
  if (old.has_value()) read.compared_with = old->source;
  read.differences = DifferingFields(read.compared_with, content);
  return read;
}

absl::StatusOr<AppliedFile> ApplyFile(store::ReadView& view, const ReadRollout& read,
                                      const std::string& etag) {
  const RolloutFile& file = read.file;
  ASSIGN_OR_RETURN(const std::optional<domain::Rollout> old, view.FindRollout(file.id));
  domain::Rollout rollout = old.value_or(domain::Rollout());
  const std::string stored_etag = std::to_string(rollout.version);
  if (!etag.empty() && etag != stored_etag) {
    return domain::EtagMismatch(domain::RolloutName(file.id), stored_etag);
  }
  AppliedFile applied;
  applied.created = !old.has_value();
  applied.changed = applied.created || old->source != read.content;
  applied.differences = rollout.source == read.compared_with
                            ? read.differences
                            : DifferingFields(rollout.source, read.content);
  rollout.id = file.id;
  rollout.title = file.title;
  rollout.from_method = file.from;
  rollout.to_method = file.to;
  rollout.minimum_os = file.policy.minimum_os;
  rollout.source = read.content;
  applied.rollout = std::move(rollout);
  return applied;
}

}  // namespace kirikae::app
