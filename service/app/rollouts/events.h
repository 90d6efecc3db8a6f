// Events of a rollout, read from the change sets.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "service/domain/records.h"
#include "service/store/store.h"

namespace kirikae::app {

/// The position of an event reader: it has read every change set before this one, and the first
/// `given` events of this one.
struct EventPosition {
  int64_t change_set = 1;
  int64_t given = 0;
};

/// A record of the rollout that a change set changed.
struct RolloutEvent {
  EventPosition after;    ///< the position after this event
  std::string record;     ///< resource name, `rollouts/face2025/placements/TSM-00123`
  domain::ChangeSet set;  ///< actor, act and time
  std::string old_state;  ///< "" for a new record, and where the state did not change
  std::string new_state;  ///< "" for a removed record, and where the state did not change
};

/// Reads a rollout's events in the order of recording, from a position on. Not thread-safe.
class RolloutEvents {
 public:
  RolloutEvents(std::string rollout, EventPosition position)
      : rollout_(std::move(rollout)), position_(position) {}

  /// The position after the newest change set.
  static absl::StatusOr<EventPosition> Newest(store::ReadView& view);

  /// The next events, from at most some thousand change sets; empty when there are none yet.
  absl::StatusOr<std::vector<RolloutEvent>> Next(store::ReadView& view);
  /// The position after the events returned so far.
  EventPosition position() const { return position_; }

 private:
  absl::StatusOr<std::vector<RolloutEvent>> EventsOf(store::ReadView& view,
                                                     const domain::ChangeSet& set) const;

  std::string rollout_;
  EventPosition position_;
};

}  // namespace kirikae::app
