// What happened in a rollout, read back from the change sets.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "kirikae/v1/rollout_service.pb.h"
#include "service/store/store.h"

namespace kirikae::app {

/// Goes through a rollout's events in the order of recording, from a position on. Not thread-safe.
class RolloutEvents {
 public:
  /// From after the newest change set.
  static absl::StatusOr<RolloutEvents> FromNow(store::ReadView& view, std::string rollout);
  /// From after the event that gave the token. INVALID_ARGUMENT for one that is no token of this
  /// rollout's events.
  static absl::StatusOr<RolloutEvents> After(const std::string& token, std::string rollout);

  /// The next events, at most about a thousand change sets' worth; empty when there is none yet.
  absl::StatusOr<std::vector<v1::RolloutEvent>> Next(store::ReadView& view);
  /// Goes on from where the events given so far end.
  std::string Token() const;

 private:
  RolloutEvents(std::string rollout, int64_t change_set, int64_t given)
      : rollout_(std::move(rollout)), change_set_(change_set), given_(given) {}

  absl::StatusOr<std::vector<v1::RolloutEvent>> EventsOf(store::ReadView& view,
                                                         const domain::ChangeSet& set) const;
  std::string TokenAt(int64_t change_set, int64_t given) const;

  std::string rollout_;
  int64_t change_set_;  ///< whose events are given, as far as `given_`
  int64_t given_;
};

}  // namespace kirikae::app
