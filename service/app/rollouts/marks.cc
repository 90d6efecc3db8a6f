#include "service/app/rollouts/marks.h"

#include <set>
#include <string_view>
#include <utility>

#include "service/app/inventory/device_begin.h"
#include "service/app/inventory/device_source.h"
#include "service/app/inventory/method_change.h"
#include "service/app/inventory/near_tags.h"
#include "service/app/rollouts/mark_target.h"
#include "service/app/rollouts/reconcile.h"
#include "service/app/rollouts/require_rollout.h"
#include "service/domain/device_history.h"
#include "service/domain/errors.h"
#include "service/domain/placement_states.h"
#include "service/domain/record_fields.h"
#include "service/domain/record_name.h"
#include "service/status_macros.h"
#include "service/text/fold.h"

namespace kirikae::app {
namespace {

using domain::Sentence;

// The device with the method it had when the mark's event happened.
absl::StatusOr<domain::Device> AsOfMark(store::ReadView& view, domain::Device device,
                                        const domain::Rollout& rollout, absl::Time time) {
  if (time >= device.auth_method_since) return device;
  ASSIGN_OR_RETURN(const auto history, WholeHistory(view, device.asset_tag));
  ASSIGN_OR_RETURN(const domain::MethodChange change,
                   domain::SlotMethodIn(device.asset_tag, history, rollout.to_method, time));
  device.auth_method = change.before;
  return device;
}

// Adds the edit of the device's method when the mark switches the device or switches it back.
absl::StatusOr<domain::MarkEffect> StoreMethod(store::ReadView& view, domain::MarkEffect effect,
                                               const domain::MarkRequest& request,
                                               domain::Device device, store::Draft& draft) {
  if (request.outcome == domain::Outcome::kMigrated ||
      request.outcome == domain::Outcome::kRolledBack) {
    store::DeviceBefore before{device};
    RETURN_IF_ERROR(ChangeMethod(view, effect.method, request.time, device, draft.edits));
    draft.edits.emplace_back(store::DeviceEdit{std::move(device), std::nullopt, std::move(before)});
  }
  return effect;
}

// A mark of a time before the device's last mark: enters it into the past, if the later states can
// follow it.
absl::StatusOr<domain::MarkEffect> MarkLate(store::ReadView& view, const MarkTarget& target,
                                            const domain::MarkRequest& request,
                                            domain::Device device, store::Draft& draft) {
  const std::string& tag = device.asset_tag;
  ASSIGN_OR_RETURN(const auto history, WholeHistory(view, tag));
  ASSIGN_OR_RETURN(
      const domain::PlacementThen then,
      domain::PlacementAsOf(target.rollout.id, tag, history, request.time, domain::AllKnown()));
  ASSIGN_OR_RETURN(const domain::Device device_then,
                   AsOfMark(view, device, target.rollout, request.time));
  ASSIGN_OR_RETURN(domain::MarkEffect effect,
                   domain::Mark(device_then, then.placement, target.rollout, request));
  if (!effect.changed) return effect;
  const domain::PlacementState state = effect.placement.state;
  if (!then.later.empty() && !domain::CanFollow(state, then.later.front())) {
    return domain::LaterMarkContradicts(tag, state, then.later.front());
  }
  const domain::Fields before = domain::FieldsOf(then.placement);
  const domain::Fields after = domain::FieldsOf(effect.placement);
  const std::string record = domain::PlacementName(target.rollout.id, tag);
  for (size_t i = 0; i < after.size(); ++i) {
    const auto& [field, text] = after[i];
    if (before[i].second == text) continue;
    draft.edits.emplace_back(PastChangeOf(tag, record, std::string(field), before[i].second, text));
  }
  return StoreMethod(view, std::move(effect), request, std::move(device), draft);
}

// Whether the device is switched before its phase has opened, or weeks before its day.
bool IsUntimely(const domain::Placement& placement, const std::optional<domain::PhaseStatus>& phase,
                const domain::MarkRequest& request) {
  constexpr int kMostDaysEarly = 7;
  const bool switches =
      request.outcome == domain::Outcome::kMigrated || request.outcome == domain::Outcome::kFailed;
  if (!switches || domain::IsSwitched(placement.state)) return false;
  const bool waits = !phase.has_value() || phase->state == domain::PhaseState::kWaiting;
  const bool early = placement.day.has_value() && *placement.day - request.day > kMostDaysEarly;
  return waits || early;
}

absl::StatusOr<domain::MarkEffect> MarkOne(store::ReadView& view, const WriteContext& act,
                                           MarkTargets& targets, std::string_view tag,
                                           domain::MarkRequest request, MarkResult& result,
                                           store::Draft& draft) {
  ASSIGN_OR_RETURN(domain::Device device, RequireDevice(view, tag));
  result.department = device.department;
  result.users = device.users;
  RETURN_IF_ERROR(CheckNotBeforeRecord(view, device.asset_tag, act));
  if (device.state == domain::DeviceState::kRetired) return domain::DeviceRetired(tag);
  ASSIGN_OR_RETURN(const MarkTarget target, targets.Find(device));
  ASSIGN_OR_RETURN(const auto phase, view.FindPhase(target.rollout.id, target.placement.phase));
  request.phase_held = phase.has_value() && phase->state == domain::PhaseState::kHeld;
  result.planned_day = target.placement.day;
  result.phase = target.placement.phase;
  result.untimely = IsUntimely(target.placement, phase, request);
  if (target.placement.marked_time.has_value() && request.time < *target.placement.marked_time) {
    return MarkLate(view, target, request, std::move(device), draft);
  }
  ASSIGN_OR_RETURN(const domain::Device then, AsOfMark(view, device, target.rollout, request.time));
  ASSIGN_OR_RETURN(domain::MarkEffect effect,
                   domain::Mark(then, target.placement, target.rollout, request));
  if (!effect.changed) return effect;
  draft.edits.emplace_back(effect.placement);
  return StoreMethod(view, std::move(effect), request, std::move(device), draft);
}

// The error for the whole act: the device's own error when one was sent, else an error that names
// each refused tag.
absl::Status RefuseAll(const std::vector<MarkResult>& results) {
  absl::Status first;
  std::vector<domain::Violation> refused;
  for (const MarkResult& result : results) {
    if (result.status.ok()) continue;
    if (first.ok()) first = result.status;
    const auto own = domain::DetailOf(result.status);
    refused.push_back({result.asset_tag, own.has_value()
                                             ? own->sentence
                                             : Sentence(std::string(result.status.message()))});
  }
  if (results.size() == 1) return first;
  return domain::MarksRefused(first.code(), std::move(refused), results.size());
}

// The mark request for each device.
absl::StatusOr<domain::MarkRequest> RequestOf(const Ward& ward, const WriteContext& act,
                                              const MarkOrder& order) {
  if (!domain::MayMark(act.caller.role, act.caller.approves, order.outcome)) {
    return domain::MarkNotForRole(act.caller.role, domain::Name(order.outcome));
  }
  if (order.until.has_value() && *order.until <= ward.DayOf(act.now)) {
    return domain::InvalidField("until",
                                Sentence("The day $0 is not after today. Enter a later day.",
                                         {absl::FormatCivilTime(*order.until)}));
  }
  domain::MarkRequest mark;
  mark.outcome = order.outcome;
  mark.cause = order.cause;
  mark.until = order.until;
  mark.override_blockers = order.override_blockers;
  mark.lift = order.lift;
  mark.day = ward.DayOf(act.effective);
  mark.time = act.effective;
  return mark;
}

void TakeEffect(const absl::StatusOr<domain::MarkEffect>& effect, MarkResult& result) {
  result.status = effect.status();
  result.untimely = result.untimely && effect.ok() && effect->changed;
  if (!effect.ok()) return;
  result.state = effect->placement.state;
  result.changed = effect->changed;
  result.off_schedule = effect->placement.off_schedule;
}

}  // namespace

absl::StatusOr<Marks> MarkAll(const Ward& ward, const WriteContext& act, const MarkOrder& order,
                              store::ReadView& view) {
  ASSIGN_OR_RETURN(const domain::MarkRequest mark, RequestOf(ward, act, order));
  if (!order.rollout.empty()) RETURN_IF_ERROR(RequireRollout(view, order.rollout).status());
  MarkTargets targets(view, order.rollout);
  Marks marks;
  marks.draft = act.NewDraft(domain::ActOf(mark.outcome));
  bool refused = false;
  std::set<std::string> seen;
  for (const std::string& given : order.asset_tags) {
    const std::string tag = text::FoldIdentifier(given);
    if (!seen.insert(tag).second) continue;
    MarkResult& result = marks.results.emplace_back();
    result.asset_tag = tag;
    TakeEffect(MarkOne(view, act, targets, tag, mark, result, marks.draft), result);
    refused = refused || !marks.results.back().status.ok();
  }
  if (refused && !order.allow_partial) return RefuseAll(marks.results);
  RETURN_IF_ERROR(ReconcileWavesAndPhases(view, marks.draft));
  return marks;
}

}  // namespace kirikae::app
