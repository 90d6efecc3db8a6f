#include "service/app/inventory/exception_grant.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "service/app/inventory/device_begin.h"
#include "service/app/inventory/device_source.h"
#include "service/domain/errors.h"
#include "service/domain/record_fields.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

constexpr absl::Duration kGap = absl::Hours(24 * 7);

// When the exceptions began that the one from `from` on continues.
absl::StatusOr<absl::Time> BeginOf(store::ReadView& view, const std::string& asset_tag,
                                   absl::Time from) {
  ASSIGN_OR_RETURN(const std::vector<domain::HistoryEntry> history, WholeHistory(view, asset_tag));
  // The granted ones, the latest first.
  std::vector<domain::MethodException> granted;
  for (const domain::HistoryEntry& entry : history) {
    if (entry.change.field != "exception" || entry.change_set.undone_by != 0) continue;
    const auto exception = domain::UnpackException(entry.change.new_value);
    if (exception.has_value()) granted.push_back(*exception);
  }
  std::sort(granted.begin(), granted.end(),
            [](const auto& a, const auto& b) { return a.from > b.from; });
  absl::Time begin = from;
  for (const domain::MethodException& exception : granted) {
    if (exception.from < begin && exception.until + kGap >= begin) begin = exception.from;
  }
  return begin;
}

// Whether a rollout that leads to the method holds the device's phase.
absl::StatusOr<bool> IsHeldBack(store::ReadView& view, const domain::Device& device,
                                domain::AuthMethod method) {
  ASSIGN_OR_RETURN(const std::vector<domain::Placement> placements,
                   view.PlacementsOf(device.asset_tag));
  for (const domain::Placement& placement : placements) {
    ASSIGN_OR_RETURN(const std::optional<domain::Rollout> rollout,
                     view.FindRollout(placement.rollout));
    if (!rollout.has_value() || rollout->to_method != method) continue;
    ASSIGN_OR_RETURN(const std::optional<domain::PhaseStatus> phase,
                     view.FindPhase(placement.rollout, placement.phase));
    if (phase.has_value() && phase->state == domain::PhaseState::kHeld) return true;
  }
  return false;
}

}  // namespace

absl::Status GrantException(store::ReadView& view, const Ward& ward, const WriteContext& context,
                            const domain::ExceptionRequest& request, domain::Device& device) {
  RETURN_IF_ERROR(domain::GrantException(device, request, ward.DayOf(context.now), ward.zone));
  RETURN_IF_ERROR(CheckNotBeforeRecord(view, device.asset_tag, context));
  if (context.caller.approves) return absl::OkStatus();
  ASSIGN_OR_RETURN(const absl::Time begin, BeginOf(view, device.asset_tag, request.from));
  if (*request.last_day > ward.DayOf(begin) + request.most_days) {
    return domain::ExceptionIsTheApprovers(device.asset_tag, request.most_days);
  }
  ASSIGN_OR_RETURN(const bool is_held, IsHeldBack(view, device, *request.method));
  return is_held ? domain::ExceptionPastHold(device.asset_tag) : absl::OkStatus();
}

}  // namespace kirikae::app
