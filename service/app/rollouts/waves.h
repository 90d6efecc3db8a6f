// Edits that start a wave or drop its placements.
#pragma once

#include <vector>

#include "absl/status/status.h"
#include "service/domain/records.h"
#include "service/store/store.h"

namespace kirikae::app {

/// The placements of a wave, by asset tag.
absl::StatusOr<std::vector<domain::Placement>> PlacementsIn(store::ReadView& view,
                                                            const domain::Wave& wave);

/// Adds the started wave and its planned devices, which become due.
absl::Status StartWaveEdits(store::ReadView& view, domain::Wave wave,
                            std::vector<store::Edit>& edits);

/// The placement taken out of every plan.
domain::Placement Dropped(domain::Placement placement);

}  // namespace kirikae::app
