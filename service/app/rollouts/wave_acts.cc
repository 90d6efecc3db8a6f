#include "service/app/rollouts/wave_acts.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <variant>

#include "service/app/rollouts/count.h"
#include "service/app/rollouts/parsed_file.h"
#include "service/app/rollouts/reconcile.h"
#include "service/app/rollouts/require_rollout.h"
#include "service/app/rollouts/waves.h"
#include "service/domain/errors.h"
#include "service/domain/phase_gate.h"
#include "service/domain/placement_states.h"
#include "service/domain/record_name.h"
#include "service/domain/wave_states.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

using domain::WaveState;

std::string NameOf(const domain::Wave& wave) { return domain::WaveName(wave.rollout, wave.number); }

// The wave after the draft is written.
absl::StatusOr<WaveNow> WaveAfter(store::ReadView& view, const store::Draft& draft,
                                  domain::Wave wave) {
  ASSIGN_OR_RETURN(const auto placements, PlacementsIn(view, wave));
  std::map<std::string, domain::PlacementState> states;
  for (const domain::Placement& placement : placements) {
    states[placement.asset_tag] = placement.state;
  }
  for (const store::Edit& edit : draft.edits) {
    if (const auto* const changed = std::get_if<domain::Wave>(&edit)) wave = *changed;
    if (const auto* const moved = std::get_if<domain::Placement>(&edit)) {
      if (moved->wave == wave.number) {
        states[moved->asset_tag] = moved->state;
      } else {
        states.erase(moved->asset_tag);
      }
    }
  }
  WaveNow now;
  now.wave = std::move(wave);
  for (const auto& [tag, state] : states) {
    now.tally.Add(state);
    now.asset_tags.push_back(tag);
  }
  return now;
}

// Counts of all waves, by wave number.
absl::StatusOr<std::map<int64_t, domain::Tally>> TalliesOf(store::ReadView& view,
                                                           const std::string& rollout) {
  ASSIGN_OR_RETURN(const auto counts, view.CountWaves(rollout, 0));
  std::map<int64_t, domain::Tally> tallies;
  for (const store::PlacementCount& count : counts) {
    tallies[count.wave].Add(count.state, count.count);
  }
  return tallies;
}

// Whether the wave is listed. Of older plans, only waves in which something happened are.
bool IsListed(const domain::Wave& wave, const domain::Rollout& rollout) {
  return wave.plan == rollout.approved_plan || wave.state == WaveState::kInProgress ||
         wave.state == WaveState::kDone;
}

absl::Status CheckStart(store::ReadView& view, const domain::Wave& wave) {
  ASSIGN_OR_RETURN(const domain::Rollout rollout, RequireRollout(view, wave.rollout));
  if (!domain::AfterEvent(wave.state, domain::WaveEvent::kStart).has_value()) {
    return domain::WaveRefuses(NameOf(wave), wave.state);
  }
  if (rollout.state == domain::RolloutState::kPaused) return domain::RolloutPaused(rollout.id);
  if (rollout.state != domain::RolloutState::kActive) {
    return domain::RolloutNotActive(rollout.id, rollout.state);
  }
  ASSIGN_OR_RETURN(const auto phase, view.FindPhase(wave.rollout, wave.phase));
  const auto state = phase.has_value() ? phase->state : domain::PhaseState::kWaiting;
  if (!domain::Runs(state)) return domain::WavesPhaseDoesNotRun(NameOf(wave), wave.phase, state);
  return absl::OkStatus();
}

bool IsToDo(const domain::Placement& placement) {
  return domain::IsOpen(placement.state) || placement.state == domain::PlacementState::kUnplanned;
}

}  // namespace

absl::StatusOr<domain::Wave> RequireWave(store::ReadView& view, const std::string& rollout,
                                         int64_t number) {
  RETURN_IF_ERROR(RequireRollout(view, rollout).status());
  ASSIGN_OR_RETURN(std::optional<domain::Wave> wave, view.FindWave(rollout, number));
  if (!wave.has_value()) return domain::WaveNotFound(rollout, number);
  return *std::move(wave);
}

absl::StatusOr<WaveList> ListWaves(store::ReadView& view, const domain::Rollout& rollout,
                                   int64_t after, int limit) {
  ASSIGN_OR_RETURN(const std::vector<domain::Wave> waves, view.ListWaves(rollout.id));
  ASSIGN_OR_RETURN(auto tallies, TalliesOf(view, rollout.id));
  auto next = waves.begin();
  if (after != 0) {
    next = std::find_if(waves.begin(), waves.end(),
                        [&](const domain::Wave& wave) { return wave.number == after; });
    if (next == waves.end()) return domain::BadPageToken();
    ++next;
  }
  WaveList list;
  for (; next != waves.end(); ++next) {
    if (!IsListed(*next, rollout)) continue;
    if (list.waves.size() == static_cast<size_t>(limit)) {
      list.next_after = list.waves.back().wave.number;
      break;
    }
    list.waves.push_back({*next, tallies[next->number], {}});
  }
  return list;
}

absl::StatusOr<WaveNow> ReadWave(store::ReadView& view, const domain::Wave& wave) {
  return WaveAfter(view, store::Draft(), wave);
}

absl::StatusOr<WaveChange> StartWave(const WriteContext& act, store::ReadView& view,
                                     const domain::Wave& wave) {
  RETURN_IF_ERROR(CheckStart(view, wave));
  WaveChange change;
  change.draft = act.NewDraft(domain::Act::kStartWave);
  RETURN_IF_ERROR(StartWaveEdits(view, wave, change.draft.edits));
  ASSIGN_OR_RETURN(change.wave, WaveAfter(view, change.draft, wave));
  return change;
}

absl::StatusOr<WaveChange> FinishWave(const WriteContext& act, store::ReadView& view,
                                      const domain::Wave& wave, bool return_open) {
  const auto next = domain::AfterEvent(wave.state, domain::WaveEvent::kFinish);
  if (!next.has_value() || wave.state == WaveState::kPlanned) {
    return domain::WaveRefuses(NameOf(wave), wave.state);
  }
  WaveChange change;
  change.draft = act.NewDraft(domain::Act::kFinishWave);
  ASSIGN_OR_RETURN(const auto placements, PlacementsIn(view, wave));
  ASSIGN_OR_RETURN(const domain::Rollout rollout, RequireRollout(view, wave.rollout));
  ASSIGN_OR_RETURN(const auto file, FileOf(rollout));
  std::vector<std::string> open;
  for (const domain::Placement& placement : placements) {
    if (!IsToDo(placement)) continue;
    ASSIGN_OR_RETURN(const auto device, view.FindDevice(placement.asset_tag));
    // A device that is out of use or out of the scope leaves the wave.
    if (device.has_value() && IsToBeDone(*file, *device)) open.push_back(placement.asset_tag);
    change.draft.edits.emplace_back(Dropped(placement));
  }
  if (!open.empty() && !return_open) return domain::WaveUnfinished(NameOf(wave), open);
  if (*next != wave.state) {
    domain::Wave finished = wave;
    finished.state = *next;
    change.draft.edits.emplace_back(std::move(finished));
  }
  RETURN_IF_ERROR(ReconcileWavesAndPhases(view, change.draft));
  ASSIGN_OR_RETURN(change.wave, WaveAfter(view, change.draft, wave));
  return change;
}

}  // namespace kirikae::app
