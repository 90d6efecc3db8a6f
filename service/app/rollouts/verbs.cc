#include "service/app/rollouts/verbs.h"

#include <optional>
#include <set>
#include <utility>

#include "service/app/rollouts/waves.h"
#include "service/domain/errors.h"
#include "service/domain/wave_states.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

using domain::PlacementState;

bool IsOpen(const domain::Placement& placement) {
  return placement.state == PlacementState::kPlanned || placement.state == PlacementState::kDue;
}

// What was to be done is planned no more; a wave in which nothing happened is cancelled.
absl::Status GiveUp(store::ReadView& view, const std::vector<domain::Placement>& placements,
                    const std::string& rollout, std::vector<store::Edit>& edits,
                    v1::ChangeRolloutResponse& answer) {
  std::set<int64_t> touched;
  for (domain::Placement placement : placements) {
    if (!IsOpen(placement)) {
      touched.insert(placement.wave);
      continue;
    }
    edits.emplace_back(Dropped(std::move(placement)));
    answer.set_released_devices(answer.released_devices() + 1);
  }
  ASSIGN_OR_RETURN(const std::vector<domain::Wave> waves, view.ListWaves(rollout));
  for (domain::Wave wave : waves) {
    const auto next = domain::AfterEvent(wave.state, domain::WaveEvent::kCancel);
    if (!next.has_value() || *next == wave.state || touched.count(wave.number) != 0) continue;
    wave.state = *next;
    edits.emplace_back(std::move(wave));
    answer.set_cancelled_waves(answer.cancelled_waves() + 1);
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<RolloutEffect> ApplyVerb(store::ReadView& view, domain::Rollout rollout,
                                        const RolloutVerb& verb, absl::CivilDay today,
                                        v1::ChangeRolloutResponse& answer) {
  const bool cancels = verb.event == domain::RolloutEvent::kCancel;
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
    if (IsOpen(placement) && placement.day <= today) running.insert(placement.wave);
  }
  answer.set_running_waves(static_cast<int>(running.size()));

  RolloutEffect effect;
  const domain::Rollout before = rollout;
  rollout.state = *next;
  if (*next != domain::RolloutState::kPaused || !verb.let_running_waves_finish) {
    rollout.waves_go_on_until.reset();
  } else if (!before.waves_go_on_until.has_value()) {
    rollout.waves_go_on_until = today;
  }
  answer.set_running_waves_go_on(rollout.state == domain::RolloutState::kActive ||
                                 rollout.waves_go_on_until.has_value());
  answer.set_changed(rollout.state != before.state ||
                     rollout.waves_go_on_until != before.waves_go_on_until);
  if (answer.changed()) {
    if (cancels) {
      RETURN_IF_ERROR(GiveUp(view, placements, rollout.id, effect.edits, answer));
    }
    effect.edits.emplace_back(rollout);
  }
  effect.rollout = std::move(rollout);
  return effect;
}

}  // namespace kirikae::app
