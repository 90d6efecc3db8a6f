// Marks: what happened at a device, and the state it leads to.
#pragma once

#include <optional>

#include "absl/status/statusor.h"
#include "service/domain/records.h"

namespace kirikae::domain {

/// What happened at a device.
enum class Outcome { kMigrated = 1, kFailed };

/// A mark to be made.
struct MarkRequest {
  Outcome outcome = Outcome::kMigrated;
  std::optional<FailureCause> cause;  ///< with kFailed only
  bool override_blockers = false;
  absl::CivilDay day;  ///< the ward's day on which it happened
};

/// The records after a mark.
struct MarkEffect {
  Placement placement;
  AuthMethod method;     ///< that the device has after it
  bool changed = false;  ///< false: it was so already
};

/// The state after `outcome` in `from`, or nothing where the table refuses it.
std::optional<PlacementState> AfterMark(PlacementState from, Outcome outcome);

/// Decides a mark. Repeating one is success without a change. FAILED_PRECONDITION: the device is
/// retired, exempt, blocked without an override, or in a state that the table refuses.
absl::StatusOr<MarkEffect> Mark(const Device& device, const Placement& placement,
                                const Rollout& rollout, const MarkRequest& request);

}  // namespace kirikae::domain
