// Starting, pausing, resuming and cancelling a rollout.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "kirikae/v1/rollout_service.pb.h"
#include "service/domain/rollout_states.h"
#include "service/store/store.h"

namespace kirikae::app {

/// What is asked of a rollout.
struct RolloutVerb {
  domain::RolloutEvent event = domain::RolloutEvent::kStart;
  domain::Act act{};                      ///< for the record
  bool let_running_waves_finish = false;  ///< with kPause
};

/// A rollout after a verb, and the edits that make it so; none when it was so already.
struct RolloutEffect {
  domain::Rollout rollout;
  std::vector<store::Edit> edits;
};

/// Decides what the verb does today and fills in what becomes of the waves. FAILED_PRECONDITION
/// where the rollout's state refuses it.
absl::StatusOr<RolloutEffect> ApplyVerb(store::ReadView& view, domain::Rollout rollout,
                                        const RolloutVerb& verb, absl::CivilDay today,
                                        v1::ChangeRolloutResponse& answer);

}  // namespace kirikae::app
