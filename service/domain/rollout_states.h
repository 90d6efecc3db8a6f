// The state machine of a rollout.
#pragma once

#include <optional>

#include "service/domain/values.h"

namespace kirikae::domain {

/// What happens to a rollout.
enum class RolloutEvent { kApprovePlan = 1, kStart, kPause, kResume, kCancel, kComplete };

/// Whether it is active or paused: a plan is in force.
bool IsUnderWay(RolloutState state);
/// Whether it is completed or cancelled.
bool IsOver(RolloutState state);

/// The state after `event` in `from`; absent when the table does not allow it. An approval starts a
/// draft and leaves a paused rollout paused. An event whose state is already reached changes
/// nothing.
std::optional<RolloutState> AfterEvent(RolloutState from, RolloutEvent event);

}  // namespace kirikae::domain
