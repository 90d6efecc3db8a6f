// What a person does to a phase.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "service/app/act.h"
#include "service/app/rollouts/phases.h"
#include "service/app/ward.h"
#include "service/store/store.h"

namespace kirikae::app {

/// Which phase of which rollout.
struct PhaseKey {
  std::string rollout;
  std::string id;
};

/// A phase as it will be, and the draft that makes it so.
struct PhaseChange {
  PhaseNow phase;
  store::Draft draft;
};

/// Holds the phase for the act's reason. NOT_FOUND; FAILED_PRECONDITION unless the phase runs or is
/// held.
absl::StatusOr<PhaseChange> HoldPhase(const Ward& ward, const WriteContext& act,
                                      store::ReadView& view, const PhaseKey& key);

/// Releases the phase, or opens its gate; with `override` whatever the gate's figures. NOT_FOUND;
/// FAILED_PRECONDITION where nothing is held and no approval is awaited.
absl::StatusOr<PhaseChange> ReleasePhase(const Ward& ward, const WriteContext& act,
                                         store::ReadView& view, const PhaseKey& key,
                                         const std::string& remark, bool override);

}  // namespace kirikae::app
