// Groups of placement states.
#pragma once

#include "absl/time/civil_time.h"
#include "service/domain/records.h"

namespace kirikae::domain {

/// Planned, and still to do.
bool IsOpen(PlacementState state);
/// On the new method.
bool IsSwitched(PlacementState state);
/// Not part of any further plan: switched or exempt.
bool IsFinished(PlacementState state);
/// Attempted: switched, failed, or rolled back.
bool IsAttempted(PlacementState state);

/// Whether the device's wave has begun, so that a new plan leaves the device in it: the device is
/// still to do, and its day is today, or its wave was started and its day has not passed. Overdue
/// devices of earlier days are planned again.
bool HasBegun(const Placement& placement, WaveState wave, absl::CivilDay today);

}  // namespace kirikae::domain
