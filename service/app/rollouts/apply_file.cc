#include "service/app/rollouts/apply_file.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "service/domain/errors.h"
#include "service/domain/record_name.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

// A phase that has begun stays in the file: its past counts for ever, and a hold of it does too.
absl::Status CheckBegunPhases(store::ReadView& view, const RolloutFile& file) {
  ASSIGN_OR_RETURN(const std::vector<domain::PhaseStatus> phases, view.ListPhases(file.id));
  for (const domain::PhaseStatus& phase : phases) {
    if (phase.state == domain::PhaseState::kWaiting) continue;
    const bool is_there = std::any_of(file.phases.begin(), file.phases.end(),
                                      [&](const PhaseSpec& spec) { return spec.id == phase.id; });
    if (is_there) continue;
    return domain::MakeError(
        absl::StatusCode::kFailedPrecondition, "PHASE_HAS_BEGUN",
        domain::Sentence("Phase $0 has begun, so it can't be left out of the file.", {phase.id}),
        {{"rollout", file.id}, {"phase", phase.id}});
  }
  return absl::OkStatus();
}

}  // namespace

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
  RETURN_IF_ERROR(CheckBegunPhases(view, file));
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
