#include "service/app/rollouts/reconcile.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "service/app/rollouts/parsed_file.h"
#include "service/domain/phase_gate.h"
#include "service/domain/tally.h"
#include "service/domain/wave_states.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

using WaveKey = std::pair<std::string, int64_t>;       // rollout, wave
using PhaseKey = std::pair<std::string, std::string>;  // rollout, phase

// The changes of the placement counts by the draft.
struct Deltas {
  std::map<WaveKey, domain::Tally> waves;
  std::map<PhaseKey, domain::Tally> phases;

  void Add(const domain::Placement& placement, int64_t count) {
    if (placement.wave != 0) waves[{placement.rollout, placement.wave}].Add(placement.state, count);
    phases[{placement.rollout, placement.phase}].Add(placement.state, count);
  }
};

absl::StatusOr<Deltas> DeltasOf(store::ReadView& view, const store::Draft& draft) {
  Deltas deltas;
  for (const store::Edit& edit : draft.edits) {
    const domain::Placement* placement = std::get_if<domain::Placement>(&edit);
    const auto* const removal = std::get_if<store::Removal>(&edit);
    const bool removed = removal != nullptr;
    if (removed) placement = std::get_if<domain::Placement>(&removal->record);
    if (placement == nullptr) continue;
    ASSIGN_OR_RETURN(const auto old, view.FindPlacement(placement->rollout, placement->asset_tag));
    if (old.has_value()) deltas.Add(*old, -1);
    if (!removed) deltas.Add(*placement, 1);
  }
  return deltas;
}

absl::Status ReconcileWave(store::ReadView& view, const WaveKey& key, const domain::Tally& delta,
                           store::Draft& draft) {
  ASSIGN_OR_RETURN(std::optional<domain::Wave> wave, view.FindWave(key.first, key.second));
  // The draft already decides the state of a wave that it writes.
  if (!wave.has_value()) return absl::OkStatus();
  for (const store::Edit& edit : draft.edits) {
    const auto* const own = std::get_if<domain::Wave>(&edit);
    if (own != nullptr && own->rollout == key.first && own->number == key.second) {
      return absl::OkStatus();
    }
  }
  domain::Tally tally = delta;
  ASSIGN_OR_RETURN(const auto counts, view.CountWaves(key.first, key.second));
  for (const store::PlacementCount& count : counts) tally.Add(count.state, count.count);
  // A wave in progress without devices is finished as well: all its devices went to other waves.
  const bool finished =
      tally.Open() == 0 && (tally.Total() > 0 || wave->state == domain::WaveState::kInProgress);
  const auto next = domain::AfterEvent(
      wave->state, finished ? domain::WaveEvent::kFinish : domain::WaveEvent::kReopen);
  if (!next.has_value() || *next == wave->state) return absl::OkStatus();
  wave->state = *next;
  draft.edits.emplace_back(*std::move(wave));
  return absl::OkStatus();
}

absl::Status ReconcilePhase(store::ReadView& view, const PhaseKey& key, const domain::Tally& delta,
                            store::Draft& draft) {
  ASSIGN_OR_RETURN(std::optional<domain::PhaseStatus> status,
                   view.FindPhase(key.first, key.second));
  if (!status.has_value() || status->state == domain::PhaseState::kPassed ||
      !domain::AfterEvent(status->state, domain::PhaseEvent::kHold).has_value() ||
      status->state == domain::PhaseState::kHeld) {
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(const std::optional<domain::Rollout> rollout, view.FindRollout(key.first));
  if (!rollout.has_value()) return absl::DataLossError("a placement has no rollout");
  ASSIGN_OR_RETURN(const auto file, FileOf(*rollout));
  const PhaseSpec* const spec = file->FindPhase(key.second);
  if (spec == nullptr) return absl::OkStatus();
  domain::Tally tally = delta;
  ASSIGN_OR_RETURN(const auto counts, view.CountPlacements(key.first));
  for (const store::PlacementCount& count : counts) {
    if (count.phase == key.second) tally.Add(count.state, count.count);
  }
  // The counts lack devices that are not planned yet. A share of successes can be judged by them, a
  // number of successes can't.
  domain::GatePolicy policy = PolicyOf(*spec);
  policy.success_count.reset();
  const auto rule = domain::HoldBy(policy, *status, tally);
  if (!rule.has_value()) return absl::OkStatus();
  draft.edits.emplace_back(
      domain::HeldByRule(*std::move(status), *rule, tally, draft.recorded_time));
  return absl::OkStatus();
}

}  // namespace

absl::Status ReconcileWavesAndPhases(store::ReadView& view, store::Draft& draft) {
  ASSIGN_OR_RETURN(const Deltas deltas, DeltasOf(view, draft));
  for (const auto& [key, delta] : deltas.waves) {
    RETURN_IF_ERROR(ReconcileWave(view, key, delta, draft));
  }
  for (const auto& [key, delta] : deltas.phases) {
    RETURN_IF_ERROR(ReconcilePhase(view, key, delta, draft));
  }
  return absl::OkStatus();
}

}  // namespace kirikae::app
