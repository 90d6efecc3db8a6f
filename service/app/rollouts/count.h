// Lists the devices of a rollout with their states. Gates, progress and reports count these.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "service/app/rollouts/parsed_file.h"
#include "service/domain/records.h"
#include "service/domain/tally.h"
#include "service/store/store.h"

namespace kirikae::app {

/// A device of a rollout.
struct CountedDevice {
  const domain::Device& device;
  const domain::Placement* placement = nullptr;  ///< null: none yet
  std::string phase;
  domain::PlacementState state = domain::PlacementState::kUnplanned;
};

/// Calls `visit` for each device of the rollout, by asset tag: devices with a mark; planned devices
/// that are in use and in the scope; and devices in use in the scope that still have the old method
/// and are not planned (late joiners and blocked devices included).
absl::Status ForEachDevice(store::ReadView& view, const domain::Rollout& rollout,
                           const ParsedRollout& file,
                           const std::function<void(const CountedDevice&)>& visit);

/// Whether a device that is still to do belongs to the rollout: it is in use and in the scope.
bool IsToBeDone(const ParsedRollout& file, const domain::Device& device);

/// Counts of a phase's devices, and the first devices still to do.
struct PhaseCount {
  domain::Tally tally;
  std::vector<std::string> open;     ///< at most 50
  std::vector<std::string> blocked;  ///< of those: blocked without an end in sight; at most 50
  int64_t blocked_count = 0;         ///< all of these
  /// When a device was last switched, switched back or failed.
  std::optional<absl::Time> last_work = std::nullopt;
};

/// Adds a device to the count of its phase.
void AddTo(PhaseCount& phase, const domain::Rollout& rollout, const ParsedRollout& file,
           const CountedDevice& counted);

/// By phase id.
absl::StatusOr<std::map<std::string, PhaseCount>> CountPhases(store::ReadView& view,
                                                              const domain::Rollout& rollout,
                                                              const ParsedRollout& file);

}  // namespace kirikae::app
