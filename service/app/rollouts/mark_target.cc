#include "service/app/rollouts/mark_target.h"

#include <optional>
#include <vector>

#include "service/app/rollouts/parsed_file.h"
#include "service/domain/errors.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

// A paused rollout takes marks of what already happened; domain::Mark decides whether a device may
// be switched.
bool TakesMarks(domain::RolloutState state) {
  return state == domain::RolloutState::kActive || state == domain::RolloutState::kPaused;
}

}  // namespace

absl::StatusOr<MarkTarget> MarkTargets::Find(const domain::Device& device) {
  ASSIGN_OR_RETURN(const std::vector<domain::Placement> placements,
                   view_.PlacementsOf(device.asset_tag));
  std::optional<MarkTarget> target;
  for (const domain::Placement& placement : placements) {
    if (!rollout_.empty() && placement.rollout != rollout_) continue;
    ASSIGN_OR_RETURN(std::optional<domain::Rollout> rollout, view_.FindRollout(placement.rollout));
    if (!rollout.has_value()) return absl::DataLossError("a placement has no rollout");
    if (!TakesMarks(rollout->state)) {
      if (rollout_.empty()) continue;
      return domain::RolloutNotActive(rollout_, rollout->state);
    }
    if (target.has_value()) return domain::SeveralRollouts(device.asset_tag);
    target = MarkTarget{*std::move(rollout), placement};
  }
  if (target.has_value()) return *std::move(target);
  return FindByScope(device);
}

absl::StatusOr<MarkTarget> MarkTargets::FindByScope(const domain::Device& device) {
  ASSIGN_OR_RETURN(const std::vector<domain::Rollout> rollouts,
                   view_.ListRollouts({.after = "", .limit = 1000}));
  std::optional<MarkTarget> target;
  for (const domain::Rollout& rollout : rollouts) {
    if (!rollout_.empty() && rollout.id != rollout_) continue;
    if (!TakesMarks(rollout.state)) {
      if (rollout_.empty()) continue;
      return domain::RolloutNotActive(rollout_, rollout.state);
    }
    ASSIGN_OR_RETURN(const auto file, FileOf(rollout));
    if (!file->Covers(device)) continue;
    if (target.has_value()) return domain::SeveralRollouts(device.asset_tag);
    target = MarkTarget{rollout, {}};
    target->placement.rollout = rollout.id;
    target->placement.asset_tag = device.asset_tag;
    const PhaseSpec* const phase = file->PhaseOf(device);
    if (phase != nullptr) target->placement.phase = phase->id;
  }
  if (!target.has_value()) return domain::DeviceNotInRollout(device.asset_tag);
  return *std::move(target);
}

}  // namespace kirikae::app
