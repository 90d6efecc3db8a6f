// Starting, pausing, resuming and cancelling a rollout.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "service/domain/rollout_states.h"
#include "service/store/store.h"

namespace kirikae::app {

/// What to do with a rollout.
struct RolloutVerb {
  domain::RolloutEvent event = domain::RolloutEvent::kStart;
  domain::Act act{};                      ///< for the record
  bool let_running_waves_finish = false;  ///< with kPause
};

/// The rollout after the verb, counts of what happened to its waves, and the edits.
struct RolloutEffect {
  domain::Rollout rollout;
  std::vector<store::Edit> edits;    ///< empty if the rollout was in this state before
  bool changed = false;              ///< whether the verb changes the rollout
  int running_waves = 0;             ///< waves of up to today with devices still to do
  bool running_waves_go_on = false;  ///< whether those may be worked on
  int cancelled_waves = 0;           ///< by kCancel: waves in which nothing had happened
  int released_devices = 0;          ///< by kCancel: devices no longer planned
};

/// Decides what the verb does today. FAILED_PRECONDITION when the rollout's state does not allow
/// it.
absl::StatusOr<RolloutEffect> ApplyVerb(store::ReadView& view, const domain::Rollout& rollout,
                                        const RolloutVerb& verb, absl::CivilDay today);

}  // namespace kirikae::app
