// What marks and dropped placements change in their waves and phases.
#pragma once

#include "absl/status/status.h"
#include "service/store/store.h"

namespace kirikae::app {

/// Adds to a draft what follows from the placements that it writes: a wave whose devices are all
/// finished is done, a done wave with a device to be done again is in progress, and a phase is held
/// where its gate's rules say so. Reads counts only, no placements of other devices. A wave that
/// the draft writes already stays as the draft has it.
absl::Status ReconcileWavesAndPhases(store::ReadView& view, store::Draft& draft);

}  // namespace kirikae::app
