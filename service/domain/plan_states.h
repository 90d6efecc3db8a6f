// The state machine of a plan.
#pragma once

#include <optional>

#include "service/domain/values.h"

namespace kirikae::domain {

/// What is done to a plan.
enum class PlanEvent {
  kSubmit = 1,
  kApprove,
  kReject,
  kSupersede,  ///< another plan of its rollout is approved in its place
};

/// The state after `event`; absent when the table does not allow it.
std::optional<PlanState> AfterEvent(PlanState from, PlanEvent event);

/// The only state in which the table allows `event`.
PlanState StateFor(PlanEvent event);

}  // namespace kirikae::domain
