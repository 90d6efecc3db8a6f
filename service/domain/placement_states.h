// What the state of a device in a rollout means for plans.
#pragma once

#include "absl/time/civil_time.h"
#include "service/domain/records.h"

namespace kirikae::domain {

/// Planned and still to do.
bool IsOpen(PlacementState state);
/// On the new method.
bool IsSwitched(PlacementState state);
/// No plan is about it any more: switched, or exempt.
bool IsFinished(PlacementState state);
/// Somebody went there: switched, failed, or rolled back.
bool IsAttempted(PlacementState state);

/// Whether the device's wave has begun, so that a new plan leaves it where it is: it is still to
/// do, and its day is today, or its wave was started and its day has not passed. What is overdue
/// from an earlier day is planned again.
bool HasBegun(const Placement& placement, WaveState wave, absl::CivilDay today);

}  // namespace kirikae::domain
