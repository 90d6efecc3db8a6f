// Places that devices left because they were not ready, and who could come early instead.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "service/app/rollouts/parsed_file.h"
#include "service/app/ward.h"
#include "service/domain/records.h"
#include "service/store/store.h"

namespace kirikae::app {

/// A wave of the approved plan, of tomorrow or later, that devices left (see DropUnready).
struct FreedPlace {
  domain::Wave wave;
  int64_t devices = 0;  ///< that left it
  /// Ready devices of the same phase that are planned later and stand where the team goes, the
  /// latest first; at most 20. Shares and limits of that day are not checked.
  std::vector<std::string> candidates;
};

/// The places by day, slot and team.
absl::StatusOr<std::vector<FreedPlace>> FreedPlaces(const Ward& ward, store::ReadView& view,
                                                    const domain::Rollout& rollout,
                                                    const ParsedRollout& file);

}  // namespace kirikae::app
