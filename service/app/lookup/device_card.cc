#include "service/app/lookup/device_card.h"

#include <algorithm>
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

// A device that is out of use or out of the rollout waits for nothing.
bool AwaitsSwitch(const domain::Device& device, const LivePlacement& live) {
  return device.auth_method != live.rollout.to_method &&
         device.state != domain::DeviceState::kRetired &&
         live.placement.state != PlacementState::kExempt &&
         live.rollout.state != domain::RolloutState::kCompleted;
}

void AddPlanned(const LivePlacement& live, absl::CivilDay today, Card& card) {
  if (!AwaitsSwitch(card.device, live)) return;
  card.planned_method = live.rollout.to_method;
  card.blockers = domain::Blockers(card.device, live.rollout.to_method, live.rollout.minimum_os);
  const domain::Placement& placement = live.placement;
  const bool ahead =
      placement.state == PlacementState::kPlanned || placement.state == PlacementState::kDue;
  if (!ahead || !placement.day.has_value()) return;
  card.planned_day = placement.day;
  card.planned_slot = placement.slot;
  card.overdue = domain::IsOverdue(live, today);
}

// How much a field says about what happened to a device: of the changes of one act, the one that
// says most is shown.
int WeightOf(const std::string& field) {
  if (field == "placement.state" || field == "state") return 4;
  if (field == "auth_method") return 3;
  if (field == "exists") return 2;
  if (field.starts_with("placement.") || field == "auth_method_since") return 0;
  return 1;
}

// The last change of the device, and why it came to its present state.
absl::Status AddHistory(store::ReadView& view, Card& card) {
  constexpr int kLooked = 20;
  ASSIGN_OR_RETURN(std::vector<domain::HistoryEntry> entries,
                   view.History(domain::DeviceName(card.device.asset_tag), std::nullopt, kLooked));
  const std::string state =
      card.device.state == domain::DeviceState::kRetired ? "state" : "placement.state";
  for (domain::HistoryEntry& entry : entries) {
    if (entry.change.field == state && card.reason.empty() && entry.change_set.undone_by == 0) {
      card.reason = entry.change_set.reason;
      break;
    }
  }
  const auto last =
      std::max_element(entries.begin(), entries.end(), [&](const auto& a, const auto& b) {
        const bool a_new = a.change_set.id == entries.front().change_set.id;
        const bool b_new = b.change_set.id == entries.front().change_set.id;
        if (a_new != b_new) return b_new;
        return WeightOf(a.change.field) < WeightOf(b.change.field);
      });
  if (last != entries.end()) card.last_change = std::move(*last);
  return absl::OkStatus();
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
  const absl::CivilDay today = ward.DayOf(now);
  ASSIGN_OR_RETURN(card.live, FindLive(view, card.device.asset_tag));
  if (card.live.has_value()) {
    AddPlanned(*card.live, today, card);
  } else if (card.device.auth_method != domain::AuthMethod::kFaceAndPassword &&
             card.device.state != domain::DeviceState::kRetired) {
    card.blockers = domain::Blockers(card.device, domain::AuthMethod::kFaceAndPassword, "");
  }
  RETURN_IF_ERROR(AddHistory(view, card));
  card.state = domain::StateSentence(card.device, card.live, ward.zone, today);
  card.advice = domain::Advice(card.device, card.live, !card.blockers.empty(), now, ward.zone);
  return card;
}

}  // namespace kirikae::app
