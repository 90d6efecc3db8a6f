// Holding and releasing a phase.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "service/app/act.h"
#include "service/app/rollouts/phases.h"
#include "service/app/ward.h"
#include "service/store/store.h"

namespace kirikae::app {

/// The phase of a rollout.
struct PhaseKey {
  std::string rollout;
  std::string id;
};

/// The phase after the act, and the draft that writes it.
struct PhaseChange {
  PhaseNow phase;
  store::Draft draft;
};

/// Holds the phase with the act's reason. NOT_FOUND; FAILED_PRECONDITION unless the phase is
/// running or held.
absl::StatusOr<PhaseChange> HoldPhase(const Ward& ward, const WriteContext& act,
                                      store::ReadView& view, const PhaseKey& key);

/// Releases a held phase, or opens its gate; with `override` whatever the gate's figures.
/// NOT_FOUND; FAILED_PRECONDITION when the phase is not held and waits for no approval.
absl::StatusOr<PhaseChange> ReleasePhase(const Ward& ward, const WriteContext& act,
                                         store::ReadView& view, const PhaseKey& key,
                                         const std::string& remark, bool override);

}  // namespace kirikae::app
