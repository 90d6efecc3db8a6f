// Which devices a rollout has, and where each stands: what gates, progress and report count.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
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

/// Calls `visit` for each device of the rollout, by asset tag: those that something has happened
/// to, those that are planned and in use, and those in use that are in the scope with the method
/// before and not planned (late joiners and blocked ones among them).
absl::Status ForEachDevice(store::ReadView& view, const domain::Rollout& rollout,
                           const ParsedRollout& file,
                           const std::function<void(const CountedDevice&)>& visit);

/// A phase's devices, and the first of those still to do.
struct PhaseCount {
  domain::Tally tally;
  std::vector<std::string> open;  ///< at most 50
};

/// By phase id.
absl::StatusOr<std::map<std::string, PhaseCount>> CountPhases(store::ReadView& view,
                                                              const domain::Rollout& rollout,
                                                              const ParsedRollout& file);

}  // namespace kirikae::app
