// Devices that leave their wave because they are not ready in time.
#pragma once

#include <optional>

#include "absl/status/statusor.h"
#include "service/app/rollouts/parsed_file.h"
#include "service/app/ward.h"
#include "service/domain/records.h"
#include "service/store/store.h"

namespace kirikae::app {

/// The devices that are not ready and should be: those of waves that have not begun, once the day
/// by which they had to be ready is over (see ReadyBy). A device whose blockers all have a day in
/// the records that is to come and not after its wave's stays. The others are unplanned again, for
/// the next plan; nothing was attempted, so no gate counts them. A wave without devices left is
/// cancelled. The changes of one day and one set of blockers are one draft, with their codes as its
/// reason; absent: nothing is to do, or the policy does not ask for it.
absl::StatusOr<std::optional<store::Draft>> DropUnready(const Ward& ward, store::ReadView& view,
                                                        const domain::Rollout& rollout,
                                                        const ParsedRollout& file);

}  // namespace kirikae::app
