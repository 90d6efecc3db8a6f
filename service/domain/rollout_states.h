// Where a rollout may go from where it stands.
#pragma once

#include <optional>

#include "service/domain/values.h"

namespace kirikae::domain {

/// What is done to a rollout.
enum class RolloutEvent { kApprovePlan = 1, kStart, kPause, kResume, kCancel, kComplete };

/// The state after `event` in `from`, or nothing where the table refuses it. An approval starts a
/// draft and leaves a paused rollout paused. What is so already stays so.
std::optional<RolloutState> AfterEvent(RolloutState from, RolloutEvent event);

}  // namespace kirikae::domain
