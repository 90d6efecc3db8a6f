#include "service/app/inventory/method_correction.h"

#include <optional>
#include <set>
#include <utility>

#include "service/app/inventory/device_begin.h"
#include "service/app/inventory/device_edit.h"
#include "service/app/inventory/method_change.h"
#include "service/app/inventory/near_tags.h"
#include "service/domain/errors.h"
#include "service/domain/rollout_states.h"
#include "service/status_macros.h"
#include "service/text/fold.h"

namespace kirikae::app {
namespace {

using domain::Sentence;

// Whether a rollout that is under way has the device.
absl::StatusOr<bool> IsInRollout(store::ReadView& view, const std::string& asset_tag) {
  ASSIGN_OR_RETURN(const std::vector<domain::Placement> placements, view.PlacementsOf(asset_tag));
  for (const domain::Placement& placement : placements) {
    ASSIGN_OR_RETURN(const std::optional<domain::Rollout> rollout,
                     view.FindRollout(placement.rollout));
    if (rollout.has_value() && domain::IsUnderWay(rollout->state)) return true;
  }
  return false;
}

absl::Status CheckOrder(const std::vector<std::string>& asset_tags, const WriteContext& context) {
  std::vector<domain::Violation> faults;
  if (asset_tags.empty() || asset_tags.size() > kMostCorrected) {
    faults.push_back(
        {"asset_tags", Sentence("Name 1 to $0 devices.", {std::to_string(kMostCorrected)})});
  }
  if (context.reason.empty()) {
    faults.push_back({"options.reason", Sentence("Say why, for the record.")});
  }
  return faults.empty() ? absl::OkStatus() : domain::InvalidRequest(std::move(faults));
}

}  // namespace

absl::StatusOr<MethodCorrection> CorrectMethod(store::ReadView& view,
                                               const std::vector<std::string>& asset_tags,
                                               domain::AuthMethod method,
                                               const WriteContext& context) {
  RETURN_IF_ERROR(CheckOrder(asset_tags, context));
  MethodCorrection correction;
  correction.draft = context.NewDraft(domain::Act::kCorrectMethod);
  std::set<std::string> seen;
  for (const std::string& given : asset_tags) {
    if (!seen.insert(text::FoldIdentifier(given)).second) continue;
    ASSIGN_OR_RETURN(const domain::Device before, RequireDevice(view, given));
    if (before.state == domain::DeviceState::kRetired) {
      return domain::DeviceRetired(before.asset_tag);
    }
    if (!context.caller.approves) {
      ASSIGN_OR_RETURN(const bool is_in_rollout, IsInRollout(view, before.asset_tag));
      if (is_in_rollout) return domain::CorrectionIsTheApprovers(before.asset_tag);
    }
    RETURN_IF_ERROR(CheckNotBeforeRecord(view, before.asset_tag, context));
    domain::Device device = before;
    RETURN_IF_ERROR(ChangeMethod(view, method, context.effective, device, correction.draft.edits));
    const bool changes = device.auth_method != before.auth_method ||
                         device.auth_method_since != before.auth_method_since;
    correction.changed += changes ? 1 : 0;
    correction.draft.edits.emplace_back(store::DeviceEdit{device, std::nullopt});
    correction.devices.push_back(std::move(device));
  }
  return correction;
}

}  // namespace kirikae::app
