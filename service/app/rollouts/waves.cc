#include "service/app/rollouts/waves.h"

#include <utility>

#include "service/domain/wave_states.h"
#include "service/status_macros.h"

namespace kirikae::app {

absl::StatusOr<std::vector<domain::Placement>> PlacementsIn(store::ReadView& view,
                                                            const domain::Wave& wave) {
  ASSIGN_OR_RETURN(std::vector<domain::Placement> placements,
                   view.ListPlacements({.rollout = wave.rollout,
                                        .team = "",
                                        .until = std::nullopt,
                                        .open_only = false,
                                        .wave = wave.number}));
  return placements;
}

absl::Status StartWaveEdits(store::ReadView& view, domain::Wave wave,
                            std::vector<store::Edit>& edits) {
  ASSIGN_OR_RETURN(std::vector<domain::Placement> placements, PlacementsIn(view, wave));
  for (domain::Placement& placement : placements) {
    const auto next = domain::AfterEvent(placement.state, domain::PlacementEvent::kWaveStarts);
    if (!next.has_value() || *next == placement.state) continue;
    placement.state = *next;
    edits.emplace_back(std::move(placement));
  }
  const auto next = domain::AfterEvent(wave.state, domain::WaveEvent::kStart);
  if (next.has_value() && *next != wave.state) {
    wave.state = *next;
    edits.emplace_back(std::move(wave));
  }
  return absl::OkStatus();
}

domain::Placement Dropped(domain::Placement placement) {
  const auto next = domain::AfterEvent(placement.state, domain::PlacementEvent::kDrop);
  placement.state = next.value_or(placement.state);
  placement.wave = 0;
  placement.day.reset();
  placement.slot.clear();
  placement.team.clear();
  return placement;
}

}  // namespace kirikae::app
