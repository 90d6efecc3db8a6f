// Lists, shows, starts and finishes waves.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "service/app/act.h"
#include "service/domain/records.h"
#include "service/domain/tally.h"
#include "service/store/store.h"

namespace kirikae::app {

/// A wave and the counts of its devices by state.
struct WaveNow {
  domain::Wave wave;
  domain::Tally tally;
  std::vector<std::string> asset_tags;  ///< of its devices, by tag; not in lists
};

/// The wave after the act, and the draft that writes it.
struct WaveChange {
  WaveNow wave;
  store::Draft draft;
};

/// Waves in the order of day, slot, team and number.
struct WaveList {
  std::vector<WaveNow> waves;
  int64_t next_after = 0;  ///< number of the last wave if more follow; 0 = no more
};

/// The wave; NOT_FOUND for the rollout or the wave.
absl::StatusOr<domain::Wave> RequireWave(store::ReadView& view, const std::string& rollout,
                                         int64_t number);

/// Up to `limit` waves after the one with number `after` (0: from the first). Lists the waves of
/// the approved plan, and waves of older plans that have begun. INVALID_ARGUMENT for a number
/// without a wave.
absl::StatusOr<WaveList> ListWaves(store::ReadView& view, const domain::Rollout& rollout,
                                   int64_t after, int limit);

/// The wave with its devices.
absl::StatusOr<WaveNow> ReadWave(store::ReadView& view, const domain::Wave& wave);

/// Starts the wave before its day. FAILED_PRECONDITION when the rollout or the wave's phase is not
/// running, or the wave is over.
absl::StatusOr<WaveChange> StartWave(const WriteContext& act, store::ReadView& view,
                                     const domain::Wave& wave);

/// Finishes the wave. With `return_open`, devices still to do are dropped from the plan; devices
/// that are out of use or out of the scope are dropped always. FAILED_PRECONDITION when the wave
/// has not begun or is cancelled, or (without `return_open`) has devices still to do.
absl::StatusOr<WaveChange> FinishWave(const WriteContext& act, store::ReadView& view,
                                      const domain::Wave& wave, bool return_open);

}  // namespace kirikae::app
