#include "service/domain/placement_states.h"

namespace kirikae::domain {

using State = PlacementState;

bool IsOpen(PlacementState state) { return state == State::kPlanned || state == State::kDue; }

bool IsSwitched(PlacementState state) {
  return state == State::kMigrated || state == State::kVerified;
}

bool IsFinished(PlacementState state) { return IsSwitched(state) || state == State::kExempt; }

bool IsAttempted(PlacementState state) {
  return IsSwitched(state) || state == State::kFailed || state == State::kRolledBack;
}

bool HasBegun(const Placement& placement, WaveState wave, absl::CivilDay today) {
  if (!IsOpen(placement.state) || !placement.day.has_value()) return false;
  return *placement.day == today || (wave == WaveState::kInProgress && *placement.day > today);
}

}  // namespace kirikae::domain
