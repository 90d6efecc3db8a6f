// What marks make of their waves and phases, in the same change set.
#pragma once

#include "absl/status/status.h"
#include "service/domain/records.h"
#include "service/store/store.h"

namespace kirikae::app {

/// Looks at the placements that the draft writes and adds what follows from them: a wave whose
/// devices are all finished is done, one with a device to do again goes on, and a phase is held
/// where its gate's rules say so. Nothing is read but counts.
absl::Status Settle(store::ReadView& view, store::Draft& draft);

}  // namespace kirikae::app
