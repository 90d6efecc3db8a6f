// Where a wave, and a device's placement by what others do to it, go from where they stand.
#pragma once

#include <optional>

#include "service/domain/values.h"

namespace kirikae::domain {

/// What happens to a wave.
enum class WaveEvent {
  kStart = 1,  ///< its day has come, or a person starts it
  kFinish,     ///< every device is finished or excused
  kReopen,     ///< a device is to do again, since its mark was undone
  kCancel,     ///< replaced or given up before anything happened
};

/// The state after `event`, or nothing where the table refuses it.
std::optional<WaveState> AfterEvent(WaveState from, WaveEvent event);

/// What happens to a placement that is no mark (those are domain::AfterMark's).
enum class PlacementEvent {
  kPlan = 1,    ///< an approved plan places it
  kWaveStarts,  ///< its wave begins
  kDrop,        ///< no plan places it any more
  kSoakPassed,  ///< it has gone well long enough
};

/// The state after `event`, or nothing where the table refuses it.
std::optional<PlacementState> AfterEvent(PlacementState from, PlacementEvent event);

}  // namespace kirikae::domain
