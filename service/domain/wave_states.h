// The state machines of waves, and of placements for events other than marks.
#pragma once

#include <optional>

#include "service/domain/values.h"

namespace kirikae::domain {

/// What happens to a wave.
enum class WaveEvent {
  kStart = 1,  ///< its day has come, or a person starts it
  kFinish,     ///< no device of it is left to do
  kReopen,     ///< a device of it is to be done again, since its mark was undone
  kCancel,     ///< no device is left in it, and nothing has happened in it
};

/// The state after `event`; absent when the table does not allow it.
std::optional<WaveState> AfterEvent(WaveState from, WaveEvent event);

/// What happens to a placement other than a mark; marks are in domain::AfterMark.
enum class PlacementEvent {
  kPlan = 1,    ///< an approved plan places the device
  kWaveStarts,  ///< its wave begins
  kDrop,        ///< no plan places the device any more
  kSoakPassed,  ///< the device has worked with the new method for the phase's soak
  kLift,        ///< an approver lifts the exemption
};

/// The state after `event`; absent when the table does not allow it.
std::optional<PlacementState> AfterEvent(PlacementState from, PlacementEvent event);

}  // namespace kirikae::domain
