#include "service/domain/wave_states.h"

#include <cstddef>

namespace kirikae::domain {
namespace {

using Wave = WaveState;
using Place = PlacementState;
constexpr std::optional<Wave> kNoWave = std::nullopt;
constexpr std::optional<Place> kNoPlace = std::nullopt;

struct WaveTransition {
  Wave from;
  std::optional<Wave> after[4];  // in the order of WaveEvent
};

constexpr WaveTransition kWaves[] = {
    // start, finish, reopen, cancel
    {Wave::kPlanned, {Wave::kInProgress, Wave::kDone, Wave::kPlanned, Wave::kCancelled}},
    {Wave::kInProgress, {Wave::kInProgress, Wave::kDone, Wave::kInProgress, Wave::kCancelled}},
    {Wave::kDone, {kNoWave, Wave::kDone, Wave::kInProgress, kNoWave}},
    {Wave::kCancelled, {kNoWave, kNoWave, kNoWave, Wave::kCancelled}},
};

struct PlacementTransition {
  Place from;
  std::optional<Place> after[5];  // in the order of PlacementEvent
};

constexpr PlacementTransition kPlacements[] = {
    // plan, wave starts, drop, soak passed, lift
    {Place::kUnplanned, {Place::kPlanned, kNoPlace, Place::kUnplanned, kNoPlace, kNoPlace}},
    {Place::kPlanned, {Place::kPlanned, Place::kDue, Place::kUnplanned, kNoPlace, kNoPlace}},
    {Place::kDue, {Place::kPlanned, Place::kDue, Place::kUnplanned, kNoPlace, kNoPlace}},
    {Place::kMigrated, {kNoPlace, kNoPlace, kNoPlace, Place::kVerified, kNoPlace}},
    {Place::kVerified, {kNoPlace, kNoPlace, kNoPlace, Place::kVerified, kNoPlace}},
    {Place::kFailed, {Place::kPlanned, kNoPlace, kNoPlace, kNoPlace, kNoPlace}},
    {Place::kRolledBack, {Place::kPlanned, kNoPlace, kNoPlace, kNoPlace, kNoPlace}},
    {Place::kDeferred, {Place::kPlanned, kNoPlace, kNoPlace, kNoPlace, kNoPlace}},
    {Place::kExempt, {kNoPlace, kNoPlace, kNoPlace, kNoPlace, Place::kUnplanned}},
};

}  // namespace

std::optional<WaveState> AfterEvent(WaveState from, WaveEvent event) {
  for (const WaveTransition& row : kWaves) {
    if (row.from == from) return row.after[static_cast<size_t>(event) - 1];
  }
  return std::nullopt;
}

std::optional<PlacementState> AfterEvent(PlacementState from, PlacementEvent event) {
  for (const PlacementTransition& row : kPlacements) {
    if (row.from == from) return row.after[static_cast<size_t>(event) - 1];
  }
  return std::nullopt;
}

}  // namespace kirikae::domain
