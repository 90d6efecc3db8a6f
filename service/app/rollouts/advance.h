// What time brings: exceptions end, waves start, phases go on, devices count as verified.
#pragma once

#include <optional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "service/api/call/legacy_call.h"
#include "service/store/store.h"

namespace kirikae::app {

/// The next thing that is due by itself, as one change set; nothing when all is as it should be.
/// Asked again until it gives nothing, it catches up after any time of standing still, in the order
/// in which things would have happened; asked twice without a write in between it gives the same.
absl::StatusOr<std::optional<store::Draft>> NextDue(const api::Environment& env,
                                                    store::ReadView& view);

/// Writes what is due, one change set after another, until nothing is. Blocks; not for handlers.
/// UNAVAILABLE when the store is closing.
absl::Status CatchUp(api::Environment& env);

}  // namespace kirikae::app
