#include "service/app/rollouts/verbs.h"

#include <optional>
#include <set>
#include <utility>

#include "service/app/rollouts/waves.h"
#include "service/domain/errors.h"
#include "service/domain/placement_states.h"
#include "service/domain/wave_states.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

// Drops the placements that are still to do, and cancels the waves in which nothing happened.
absl::Status DropAll(store::ReadView& view, const std::vector<domain::Placement>& placements,
                     RolloutEffect& effect) {
  std::set<int64_t> touched;
  for (const domain::Placement& placement : placements) {
    if (!domain::IsOpen(placement.state)) {
      touched.insert(placement.wave);
      continue;
    }
    effect.edits.emplace_back(Dropped(placement));
    ++effect.released_devices;
  }
  ASSIGN_OR_RETURN(const std::vector<domain::Wave> waves, view.ListWaves(effect.rollout.id));
  for (domain::Wave wave : waves) {
    const auto next = domain::AfterEvent(wave.state, domain::WaveEvent::kCancel);
    if (!next.has_value() || *next == wave.state || touched.contains(wave.number)) continue;
    wave.state = *next;
    effect.edits.emplace_back(std::move(wave));
    ++effect.cancelled_waves;
  }
  return absl::OkStatus();
}

// The last day on which waves continue after the verb; absent: all waves stop, or the rollout runs.
std::optional<absl::CivilDay> WavesGoOnUntil(const domain::Rollout& before,
                                             domain::RolloutState after, const RolloutVerb& verb,
                                             absl::CivilDay today) {
  if (after != domain::RolloutState::kPaused || !verb.let_running_waves_finish) return std::nullopt;
  return before.waves_go_on_until.value_or(today);
}

}  // namespace

absl::StatusOr<RolloutEffect> ApplyVerb(store::ReadView& view, const domain::Rollout& rollout,
                                        const RolloutVerb& verb, absl::CivilDay today) {
  const auto next = domain::AfterEvent(rollout.state, verb.event);
  if (!next.has_value()) {
    if (rollout.state == domain::RolloutState::kDraft) {
      return domain::RolloutWithoutPlan(rollout.id);
    }
    return domain::RolloutRefuses(rollout.id, rollout.state, domain::Name(verb.act));
  }
  ASSIGN_OR_RETURN(
      const std::vector<domain::Placement> placements,
      view.ListPlacements(
          {.rollout = rollout.id, .team = "", .until = std::nullopt, .open_only = false}));
  std::set<int64_t> running;
  for (const domain::Placement& placement : placements) {
    if (domain::IsOpen(placement.state) && placement.day <= today) running.insert(placement.wave);
  }

  RolloutEffect effect;
  effect.running_waves = static_cast<int>(running.size());
  effect.rollout = rollout;
  effect.rollout.state = *next;
  effect.rollout.waves_go_on_until = WavesGoOnUntil(rollout, *next, verb, today);
  effect.running_waves_go_on = effect.rollout.state == domain::RolloutState::kActive ||
                               effect.rollout.waves_go_on_until.has_value();
  effect.changed = effect.rollout.state != rollout.state ||
                   effect.rollout.waves_go_on_until != rollout.waves_go_on_until;
  if (!effect.changed) return effect;
  if (verb.event == domain::RolloutEvent::kCancel) {
    RETURN_IF_ERROR(DropAll(view, placements, effect));
  }
  effect.edits.emplace_back(effect.rollout);
  return effect;
}

}  // namespace kirikae::app
