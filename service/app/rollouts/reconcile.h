// Updates waves and phases after marks and dropped placements.
#pragma once

#include "absl/status/status.h"
#include "service/store/store.h"

namespace kirikae::app {

/// Adds to a draft what follows from its placements: a wave whose devices are all finished is done;
/// a done wave with a device to do again is in progress; a phase is held when its gate's rules say
/// so. Reads only counts, no placements of other devices. A wave that the draft already writes
/// stays as it is in the draft.
absl::Status ReconcileWavesAndPhases(store::ReadView& view, store::Draft& draft);

}  // namespace kirikae::app
