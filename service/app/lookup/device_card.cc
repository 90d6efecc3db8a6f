#include "service/app/lookup/device_card.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "service/api/convert/records.h"
#include "service/domain/readiness.h"
#include "service/domain/record_name.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

using domain::PlacementState;
using domain::Sentence;

struct LivePlacement {
  domain::Rollout rollout;
  domain::Placement placement;
};

// The placement in a rollout that is still going on; the newest id where there are several.
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

Sentence Advice(const domain::Device& device, const std::optional<LivePlacement>& live,
                bool blocked, absl::Time now_time) {
  const std::string now = MethodTerm(device.auth_method);
  if (device.state == domain::DeviceState::kRetired) {
    return Sentence("This device is retired; nobody should log on with it.");
  }
  if (device.exception.has_value() && device.exception->HoldsAt(now_time)) {
    return Sentence(
        "For a while, log on with $0 (until $1); then with $2 again.",
        {MethodTerm(device.exception->method), api::FormatInstant(device.exception->until), now});
  }
  if (!live.has_value()) return Sentence("Log on with $0. No change is planned.", {now});
  const std::string next = MethodTerm(live->rollout.to_method);
  const domain::Placement& placement = live->placement;
  const std::string day =
      placement.day.has_value() ? absl::FormatCivilTime(*placement.day) : std::string();
  switch (placement.state) {
    case PlacementState::kMigrated:
    case PlacementState::kVerified:
      return Sentence("Log on with $0; the IC card no longer logs on here.", {now});
    case PlacementState::kFailed:
      return Sentence("The switch to $1 failed; log on with $0 as before.", {now, next});
    case PlacementState::kRolledBack:
      return Sentence("The switch was taken back; log on with $0.", {now});
    case PlacementState::kExempt:
      return Sentence("This device is exempt; it stays with $0.", {now});
    default:
      break;
  }
  if (blocked) {
    return Sentence(
        "Log on with $0. It can't change to $1 until what stands in the way is cleared.",
        {now, next});
  }
  if (day.empty()) return Sentence("Log on with $0. The day of the change is not set.", {now});
  return Sentence("Log on with $0 until the change to $1 on $2.", {now, next, day});
}

}  // namespace

std::string MethodTerm(domain::AuthMethod method) {
  switch (method) {
    case domain::AuthMethod::kIcCardAndPassword:
      return "IC card and password";
    case domain::AuthMethod::kFaceAndPassword:
      return "face and password";
    case domain::AuthMethod::kFaceAndIcCard:
      return "face and IC card";
  }
  return "";
}

absl::Status FillCard(store::ReadView& view, const domain::Device& device, absl::Time now,
                      v1::DeviceCard* card) {
  api::ToProto(device, card->mutable_device(), now);
  const bool excepted = device.exception.has_value() && device.exception->HoldsAt(now);
  card->set_effective_method(static_cast<v1::AuthMethod>(device.EffectiveMethod(now)));
  card->set_since(api::FormatInstant(excepted ? device.exception->from : device.auth_method_since));
  ASSIGN_OR_RETURN(const std::optional<LivePlacement> live, FindLive(view, device.asset_tag));
  std::vector<domain::Blocker> blockers;
  if (live.has_value()) {
    const domain::Placement& placement = live->placement;
    card->set_rollout(domain::RolloutName(placement.rollout));
    card->set_placement_state(static_cast<v1::PlacementState>(placement.state));
    if (device.auth_method != live->rollout.to_method) {
      card->set_planned_method(static_cast<v1::AuthMethod>(live->rollout.to_method));
      blockers = domain::Blockers(device, live->rollout.to_method, live->rollout.minimum_os);
      const bool ahead =
          placement.state == PlacementState::kPlanned || placement.state == PlacementState::kDue;
      if (ahead && placement.day.has_value()) {
        card->set_planned_day(absl::FormatCivilTime(*placement.day));
        card->set_planned_slot(placement.slot);
      }
    }
  } else {
    blockers = domain::Blockers(device, domain::AuthMethod::kFaceAndPassword, "");
    if (device.auth_method == domain::AuthMethod::kFaceAndPassword) blockers.clear();
  }
  for (const domain::Blocker& blocker : blockers) api::ToProto(blocker, card->add_blockers());
  ASSIGN_OR_RETURN(const std::vector<domain::HistoryEntry> last,
                   view.History(domain::DeviceName(device.asset_tag), std::nullopt, 1));
  if (!last.empty()) api::ToProto(last.front(), card->mutable_last_change());
  api::ToProto(Advice(device, live, !blockers.empty(), now), card->mutable_advice());
  return absl::OkStatus();
}

}  // namespace kirikae::app
