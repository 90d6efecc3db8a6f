#include "service/app/lookup/device_card.h"

#include <utility>

#include "service/domain/record_name.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

using domain::LivePlacement;
using domain::PlacementState;

// The placement in a rollout that is not cancelled; of several, the one with the last id.
absl::StatusOr<std::optional<LivePlacement>> FindLive(store::ReadView& view,
                                                      const std::string& tag) {
  ASSIGN_OR_RETURN(std::vector<domain::Placement> placements, view.PlacementsOf(tag));
  std::optional<LivePlacement> live;
  for (domain::Placement& placement : placements) {
    ASSIGN_OR_RETURN(std::optional<domain::Rollout> rollout, view.FindRollout(placement.rollout));
    if (!rollout.has_value() || rollout->state == domain::RolloutState::kCancelled) continue;
    live = LivePlacement{*std::move(rollout), std::move(placement)};
  }
  return live;
}

void AddPlanned(const LivePlacement& live, Card& card) {
  if (card.device.auth_method == live.rollout.to_method) return;
  card.planned_method = live.rollout.to_method;
  card.blockers = domain::Blockers(card.device, live.rollout.to_method, live.rollout.minimum_os);
  const domain::Placement& placement = live.placement;
  const bool ahead =
      placement.state == PlacementState::kPlanned || placement.state == PlacementState::kDue;
  if (!ahead || !placement.day.has_value()) return;
  card.planned_day = placement.day;
  card.planned_slot = placement.slot;
}

}  // namespace

absl::StatusOr<Card> CardOf(store::ReadView& view, domain::Device device, const Ward& ward,
                            absl::Time now) {
  const bool excepted = device.exception.has_value() && device.exception->HoldsAt(now);
  Card card;
  card.device = std::move(device);
  card.now = now;
  card.effective_method = card.device.EffectiveMethod(now);
  card.since = excepted ? card.device.exception->from : card.device.auth_method_since;
  ASSIGN_OR_RETURN(card.live, FindLive(view, card.device.asset_tag));
  if (card.live.has_value()) {
    AddPlanned(*card.live, card);
  } else if (card.device.auth_method != domain::AuthMethod::kFaceAndPassword) {
    card.blockers = domain::Blockers(card.device, domain::AuthMethod::kFaceAndPassword, "");
  }
  ASSIGN_OR_RETURN(std::vector<domain::HistoryEntry> last,
                   view.History(domain::DeviceName(card.device.asset_tag), std::nullopt, 1));
  if (!last.empty()) card.last_change = std::move(last.front());
  card.advice = domain::Advice(card.device, card.live, !card.blockers.empty(), now, ward.zone);
  return card;
}

}  // namespace kirikae::app
