// What a rollout file names, compared with the inventory.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "service/app/rollouts/rollout_file.h"
#include "service/store/store.h"

namespace kirikae::app {

/// INVALID_ARGUMENT with every violation: a site or department that no device has, with near names;
/// a number of successes that is more than the phase's devices; a confidence that even a phase
/// without a failure would not reach. Without any device, nothing is compared. Reads all devices,
/// so it is not for the writer's thread. `content` is the file's text.
absl::Status CheckNames(store::ReadView& view, const RolloutFile& file, const std::string& content);

}  // namespace kirikae::app
