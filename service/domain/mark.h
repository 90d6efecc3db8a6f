// Marks: what happened at a device, and the state it leads to.
#pragma once

#include <optional>
#include <string_view>

#include "absl/status/statusor.h"
#include "service/domain/records.h"

namespace kirikae::domain {

/// A mark to be made.
struct MarkRequest {
  Outcome outcome = Outcome::kMigrated;
  std::optional<FailureCause> cause;  ///< with kFailed only
  bool override_blockers = false;
  std::optional<absl::CivilDay> until;  ///< with kDeferred only
  absl::CivilDay day;                   ///< the ward's day on which it happened
  absl::Time time;                      ///< when it happened
  bool lift = false;                    ///< with kExempt: lift the exemption
  bool phase_held = false;              ///< the device's phase is held
};

/// The records after a mark.
struct MarkEffect {
  Placement placement;
  AuthMethod method;     ///< that the device has after it
  bool changed = false;  ///< false: it was so already
};

/// The state after `outcome` in `from`, or nothing where the table refuses it.
std::optional<PlacementState> AfterMark(PlacementState from, Outcome outcome);

/// Whether some mark leads from one state to the other.
bool CanFollow(PlacementState from, PlacementState to);

/// Whether a role may make such a mark: exempting is an approver's, all else an operator's.
bool MayMark(Role role, Outcome outcome);

/// Decides a mark. Repeating one is success without a change. A roll-back restores the method that
/// the device had before. FAILED_PRECONDITION: the device is retired, exempt, blocked without an
/// override, in a held phase with its wave not begun, or in a state that the table refuses; the
/// rollout is paused and the device's wave does not go on (only switching waits: what else happened
/// is still recorded).
absl::StatusOr<MarkEffect> Mark(const Device& device, const Placement& placement,
                                const Rollout& rollout, const MarkRequest& request);

}  // namespace kirikae::domain
