// Changes that happen as time passes: exceptions end, waves start, phases move on, devices become
// verified, rollouts are completed.
#pragma once

#include <optional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "service/app/ward.h"
#include "service/store/store.h"

namespace kirikae::app {

/// The next change that is due, as one change set; absent when nothing is due. Repeated until it is
/// absent, this catches up after a pause of any length, in the order in which things would have
/// happened. Two calls without a write between them return the same.
absl::StatusOr<std::optional<store::Draft>> NextDue(const Ward& ward, store::ReadView& view);

/// Writes what is due, one change set after another, until nothing is due. It waits for the store's
/// writer, so handlers must not call it. UNAVAILABLE when the store is closing.
absl::Status CatchUp(const Ward& ward, store::Store& store);

}  // namespace kirikae::app
