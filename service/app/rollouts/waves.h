// What starting and finishing a wave makes of it and its devices.
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

/// A placement that no plan has any more.
domain::Placement Dropped(domain::Placement placement);

}  // namespace kirikae::app
