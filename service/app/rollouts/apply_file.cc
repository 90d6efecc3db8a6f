#include "service/app/rollouts/apply_file.h"

#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "service/app/rollouts/file_check.h"
#include "service/app/rollouts/parsed_file.h"
#include "service/domain/act.h"
#include "service/domain/errors.h"
#include "service/domain/record_name.h"
#include "service/domain/rollout_states.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

// A phase that has begun stays in the file: its past counts for ever, and a hold of it does too. A
// phase that waits does not get before it, because it would open although the begun one's gate is
// closed.
absl::Status CheckBegunPhases(store::ReadView& view, const RolloutFile& file) {
  ASSIGN_OR_RETURN(const std::vector<domain::PhaseStatus> phases, view.ListPhases(file.id));
  std::set<std::string> begun;
  for (const domain::PhaseStatus& phase : phases) {
    if (phase.state != domain::PhaseState::kWaiting) begun.insert(phase.id);
  }
  bool waits = false;
  for (const PhaseSpec& spec : file.phases) {
    if (begun.erase(spec.id) == 0) {
      waits = true;
    } else if (waits) {
      return domain::PhaseHasBegun(file.id, spec.id);
    }
  }
  return begun.empty() ? absl::OkStatus() : domain::PhaseHasBegun(file.id, *begun.begin());
}

absl::Status CheckRules(const domain::Rollout& rollout, const std::vector<RuleDifference>& rules) {
  if (rules.empty() || rollout.state == domain::RolloutState::kDraft) return absl::OkStatus();
  if (domain::IsOver(rollout.state)) {
    return domain::RolloutRefuses(rollout.id, rollout.state,
                                  domain::Name(domain::Act::kApplyRollout));
  }
  std::vector<std::string> paths;
  paths.reserve(rules.size());
  for (const RuleDifference& rule : rules) paths.push_back(rule.path);
  return domain::RulesNeedProposal(rollout.id, paths);
}

absl::StatusOr<AppliedFile> Put(store::ReadView& view, const ReadRollout& read,
                                const std::string& etag, bool accepted) {
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
  applied.difference = read.difference;
  if (rollout.source != read.compared_with) {
    ASSIGN_OR_RETURN(applied.difference, CompareFiles(rollout.source, read.content, file));
  }
  if (!accepted) RETURN_IF_ERROR(CheckRules(rollout, applied.difference.rules));
  RETURN_IF_ERROR(CheckBegunPhases(view, file));
  rollout.id = file.id;
  rollout.title = file.title;
  rollout.from_method = file.from;
  rollout.to_method = file.to;
  rollout.minimum_os = file.policy.minimum_os;
  rollout.source = read.content;
  applied.rollout = std::move(rollout);
  return applied;
}

}  // namespace

absl::StatusOr<FileDifference> CompareFiles(const std::string& before, const std::string& content,
                                            const RolloutFile& after) {
  FileDifference difference;
  difference.keys = DifferingFields(before, content);
  if (before.empty() || difference.keys.empty()) return difference;
  ASSIGN_OR_RETURN(const auto old, FileOf(before));
  difference.rules = CompareRules(old->file(), after);
  return difference;
}

absl::StatusOr<ReadRollout> ReadRolloutContent(store::ReadView& view, const std::string& content) {
  ReadRollout read;
  read.content = content;
  ASSIGN_OR_RETURN(read.file, ParseRolloutFile(content));
  RETURN_IF_ERROR(CheckNames(view, read.file, content));
  ASSIGN_OR_RETURN(const std::optional<domain::Rollout> old, view.FindRollout(read.file.id));
  if (old.has_value()) read.compared_with = old->source;
  ASSIGN_OR_RETURN(read.difference, CompareFiles(read.compared_with, content, read.file));
  return read;
}

absl::StatusOr<AppliedFile> ApplyFile(store::ReadView& view, const ReadRollout& read,
                                      const std::string& etag) {
  return Put(view, read, etag, false);
}

absl::StatusOr<AppliedFile> PutFile(store::ReadView& view, const ReadRollout& read,
                                    const std::string& etag) {
  return Put(view, read, etag, true);
}

}  // namespace kirikae::app
