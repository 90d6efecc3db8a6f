// What is due by itself as time passes: exceptions end, waves start, phases move on, devices become
// verified, rollouts are completed.
#pragma once

#include <optional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "service/app/ward.h"
#include "service/store/store.h"

namespace kirikae::app {

/// The next thing that is due, as one change set; nothing when nothing is due. Called until it
/// gives nothing, it catches up after a pause of any length, in the order in which things would
/// have happened. Called twice without a write in between it gives the same.
absl::StatusOr<std::optional<store::Draft>> NextDue(const Ward& ward, store::ReadView& view);

/// Writes what is due, one change set after another, until nothing is. Waits for the store's
/// writer, so it is not for handlers. UNAVAILABLE when the store is closing.
absl::Status CatchUp(const Ward& ward, store::Store& store);

}  // namespace kirikae::app
