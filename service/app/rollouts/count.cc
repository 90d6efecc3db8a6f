#include "service/app/rollouts/count.h"

#include <algorithm>
#include <unordered_map>

#include "service/domain/readiness.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

using domain::PlacementState;

constexpr int kBatch = 1000;
constexpr size_t kMostNamed = 50;

bool IsOpen(PlacementState state) {
  return state == PlacementState::kUnplanned || state == PlacementState::kPlanned ||
         state == PlacementState::kDue;
}

bool IsAttempted(PlacementState state) {
  return state == PlacementState::kMigrated || state == PlacementState::kVerified ||
         state == PlacementState::kFailed || state == PlacementState::kRolledBack;
}

// Whether something prevents the device's switch, nobody has said until when, and the policy does
// not expect it to end.
bool IsBlockedForGood(const domain::Rollout& rollout, const PolicySpec& policy,
                      const domain::Device& device) {
  const auto blockers = domain::Blockers(device, rollout.to_method, rollout.minimum_os);
  return std::any_of(blockers.begin(), blockers.end(), [&policy](const domain::Blocker& blocker) {
    const bool expected = blocker.awaits.has_value() && policy.expect.contains(*blocker.awaits);
    return !blocker.clears_on.has_value() && !expected;
  });
}

}  // namespace

bool IsToBeDone(const ParsedRollout& file, const domain::Device& device) {
  return device.state == domain::DeviceState::kActive && file.Covers(device);
}

absl::Status ForEachDevice(store::ReadView& view, const domain::Rollout& rollout,
                           const ParsedRollout& file,
                           const std::function<void(const CountedDevice&)>& visit) {
  ASSIGN_OR_RETURN(
      const std::vector<domain::Placement> placements,
      view.ListPlacements(
          {.rollout = rollout.id, .team = "", .until = std::nullopt, .open_only = false}));
  std::unordered_map<std::string, const domain::Placement*> by_tag;
  for (const domain::Placement& placement : placements) by_tag[placement.asset_tag] = &placement;
  const auto take = [&](const domain::Device& device) {
    const auto found = by_tag.find(device.asset_tag);
    CountedDevice counted{device, found == by_tag.end() ? nullptr : found->second, "", {}};
    counted.state =
        counted.placement == nullptr ? PlacementState::kUnplanned : counted.placement->state;
    if (counted.placement != nullptr) counted.phase = counted.placement->phase;
    if (IsOpen(counted.state)) {
      if (!IsToBeDone(file, device)) return;
      const bool waits = counted.state == PlacementState::kUnplanned;
      if (waits && device.auth_method != rollout.from_method) return;
    }
    if (counted.phase.empty()) {
      const PhaseSpec* const phase = file.PhaseOf(device);
      if (phase == nullptr && IsOpen(counted.state)) return;
      if (phase != nullptr) counted.phase = phase->id;
    }
    visit(counted);
  };
  std::string after;
  while (true) {
    ASSIGN_OR_RETURN(const std::vector<domain::Device> batch,
                     view.ListDevices({.after = after, .limit = kBatch}));
    for (const domain::Device& device : batch) take(device);
    if (batch.size() < static_cast<size_t>(kBatch)) return absl::OkStatus();
    after = batch.back().asset_tag;
  }
}

void AddTo(PhaseCount& phase, const domain::Rollout& rollout, const ParsedRollout& file,
           const CountedDevice& counted) {
  phase.tally.Add(counted.state);
  if (counted.placement != nullptr && IsAttempted(counted.state) &&
      counted.placement->marked_time.has_value()) {
    phase.last_work =
        std::max(phase.last_work.value_or(absl::InfinitePast()), *counted.placement->marked_time);
  }
  if (!IsOpen(counted.state)) return;
  const std::string& tag = counted.device.asset_tag;
  if (phase.open.size() < kMostNamed) phase.open.push_back(tag);
  if (!IsBlockedForGood(rollout, file.file().policy, counted.device)) return;
  ++phase.blocked_count;
  if (phase.blocked.size() < kMostNamed) phase.blocked.push_back(tag);
}

absl::StatusOr<std::map<std::string, PhaseCount>> CountPhases(store::ReadView& view,
                                                              const domain::Rollout& rollout,
                                                              const ParsedRollout& file) {
  std::map<std::string, PhaseCount> phases;
  RETURN_IF_ERROR(ForEachDevice(view, rollout, file, [&](const CountedDevice& counted) {
    AddTo(phases[counted.phase], rollout, file, counted);
  }));
  return phases;
}

}  // namespace kirikae::app
