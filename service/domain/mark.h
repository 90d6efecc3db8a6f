// Marks: what happened at a device, and the resulting state.
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
  bool changed = false;  ///< false: it was in this state already
};

/// The state after `outcome`; absent when the table does not allow it.
std::optional<PlacementState> AfterMark(PlacementState from, Outcome outcome);

/// Whether some mark leads from `from` to `to`.
bool CanFollow(PlacementState from, PlacementState to);

/// Whether who has a role may make this mark: who signs as an approver exempts, operators make all
/// other marks.
bool MayMark(Role role, bool approves, Outcome outcome);

/// Decides a mark. Repeating a mark succeeds without a change. A roll-back restores the device's
/// previous method. FAILED_PRECONDITION: the device is retired or exempt; or blocked without an
/// override; or in a held phase whose wave has not begun; or in a state that the table refuses; or
/// the rollout is paused, the mark would switch the device, and its wave does not go on (other
/// marks are still recorded).
absl::StatusOr<MarkEffect> Mark(const Device& device, const Placement& placement,
                                const Rollout& rollout, const MarkRequest& request);

}  // namespace kirikae::domain
