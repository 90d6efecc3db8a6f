#include "service/app/rollouts/marks.h"

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "service/api/convert/request_text.h"
#include "service/app/inventory/device_source.h"
#include "service/app/inventory/method_change.h"
#include "service/app/inventory/near_tags.h"
#include "service/app/rollouts/parsed_file.h"
#include "service/app/rollouts/settle.h"
#include "service/domain/device_history.h"
#include "service/domain/errors.h"
#include "service/domain/mark.h"
#include "service/domain/record_fields.h"
#include "service/domain/record_name.h"
#include "service/status_macros.h"
#include "service/text/fold.h"

namespace kirikae::app {
namespace {

using domain::Sentence;

constexpr int kTagLimit = 1000;

// A paused rollout takes marks of what happened; whether it lets a device be switched is the
// domain's.
bool TakesMarks(domain::RolloutState state) {
  return state == domain::RolloutState::kActive || state == domain::RolloutState::kPaused;
}

struct Target {
  domain::Rollout rollout;
  domain::Placement placement;
};

// The placement that a mark is about: in the rollout asked for, or in the one active rollout that
// the device has a placement in or is in the scope of.
class TargetFinder {
 public:
  TargetFinder(store::ReadView& view, std::string rollout)
      : view_(view), rollout_(std::move(rollout)) {}

  absl::StatusOr<Target> Find(const domain::Device& device) {
    ASSIGN_OR_RETURN(const std::vector<domain::Placement> placements,
                     view_.PlacementsOf(device.asset_tag));
    std::optional<Target> target;
    for (const domain::Placement& placement : placements) {
      if (!rollout_.empty() && placement.rollout != rollout_) continue;
      ASSIGN_OR_RETURN(std::optional<domain::Rollout> rollout,
                       view_.FindRollout(placement.rollout));
      if (!rollout.has_value()) return absl::DataLossError("a placement has no rollout");
      if (!TakesMarks(rollout->state)) {
        if (rollout_.empty()) continue;
        return domain::RolloutNotActive(rollout_, rollout->state);
      }
      if (target.has_value()) return domain::SeveralRollouts(device.asset_tag);
      target = Target{*std::move(rollout), placement};
    }
    if (target.has_value()) return *std::move(target);
    return FindByScope(device);
  }

 private:
  absl::StatusOr<Target> FindByScope(const domain::Device& device) {
    ASSIGN_OR_RETURN(const std::vector<domain::Rollout> rollouts,
                     view_.ListRollouts({.after = "", .limit = 1000}));
    std::optional<Target> target;
    for (const domain::Rollout& rollout : rollouts) {
      if (!rollout_.empty() && rollout.id != rollout_) continue;
      if (!TakesMarks(rollout.state)) {
        if (rollout_.empty()) continue;
        return domain::RolloutNotActive(rollout_, rollout.state);
      }
      ASSIGN_OR_RETURN(const auto file, FileOf(rollout));
      if (!file->Covers(device)) continue;
      if (target.has_value()) return domain::SeveralRollouts(device.asset_tag);
      target = Target{rollout, {}};
      target->placement.rollout = rollout.id;
      target->placement.asset_tag = device.asset_tag;
      const PhaseSpec* const phase = file->PhaseOf(device);
      if (phase != nullptr) target->placement.phase = phase->id;
    }
    if (!target.has_value()) return domain::DeviceNotInRollout(device.asset_tag);
    return *std::move(target);
  }

  store::ReadView& view_;
  const std::string rollout_;
};

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

// Adds what a mark that switches the device, or takes the switch back, makes of its method.
absl::StatusOr<domain::MarkEffect> StoreMethod(store::ReadView& view, domain::MarkEffect effect,
                                               const domain::MarkRequest& request,
                                               domain::Device device, store::Draft& draft) {
  if (request.outcome == domain::Outcome::kMigrated ||
      request.outcome == domain::Outcome::kRolledBack) {
    RETURN_IF_ERROR(ChangeMethod(view, effect.method, request.time, device, draft.edits));
    draft.edits.emplace_back(store::DeviceEdit{std::move(device), std::nullopt});
  }
  return effect;
}

// A mark that tells of a time before the last one: what came after stays, if it can follow.
absl::StatusOr<domain::MarkEffect> MarkLate(store::ReadView& view, const Target& target,
                                            const domain::MarkRequest& request,
                                            domain::Device device, store::Draft& draft) {
  const std::string& tag = device.asset_tag;
  ASSIGN_OR_RETURN(const auto history, WholeHistory(view, tag));
  ASSIGN_OR_RETURN(
      const domain::PlacementThen then,
      domain::PlacementAsOf(target.rollout.id, tag, history, request.time, draft.recorded_time));
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

absl::StatusOr<domain::MarkEffect> MarkOne(store::ReadView& view, TargetFinder& targets,
                                           std::string_view tag, domain::MarkRequest request,
                                           store::Draft& draft) {
  ASSIGN_OR_RETURN(domain::Device device, RequireDevice(view, tag));
  if (device.state == domain::DeviceState::kRetired) return domain::DeviceRetired(tag);
  ASSIGN_OR_RETURN(const Target target, targets.Find(device));
  ASSIGN_OR_RETURN(const auto phase, view.FindPhase(target.rollout.id, target.placement.phase));
  request.phase_held = phase.has_value() && phase->state == domain::PhaseState::kHeld;
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

struct Refusal {
  std::string tag;
  absl::Status status;
};

absl::Status RefuseAll(const std::vector<Refusal>& refusals, int asked) {
  if (asked == 1) return refusals.front().status;
  domain::ErrorDetail detail;
  detail.reason = "MARKS_REFUSED";
  detail.sentence =
      Sentence("$0 of $1 devices can't be marked, so none was. Mend the list, or allow a part.",
               {std::to_string(refusals.size()), std::to_string(asked)});
  for (const Refusal& refusal : refusals) {
    const auto own = domain::DetailOf(refusal.status);
    detail.violations.push_back(
        {refusal.tag,
         own.has_value() ? own->sentence : Sentence(std::string(refusal.status.message()))});
  }
  return domain::MakeError(refusals.front().status.code(), detail);
}

}  // namespace

absl::Status CheckMarkRequest(const v1::MarkDevicesRequest& request) {
  std::vector<domain::Violation> violations;
  if (request.asset_tags().empty() || request.asset_tags_size() > kTagLimit) {
    violations.push_back(
        {"asset_tags", Sentence("Name 1 to $0 devices.", {std::to_string(kTagLimit)})});
  }
  const v1::MarkOutcome outcome = request.outcome();
  if (outcome == v1::MARK_OUTCOME_UNSPECIFIED || !v1::MarkOutcome_IsValid(outcome)) {
    violations.push_back({"outcome", Sentence("Say what happened: MIGRATED, FAILED, VERIFIED, "
                                              "ROLLED_BACK, DEFERRED or EXEMPT.")});
  }
  const bool failed = outcome == v1::MARK_OUTCOME_FAILED;
  if (!v1::FailureCause_IsValid(request.cause())) {
    violations.push_back({"cause", Sentence("That cause is not in the list.")});
  } else if (failed && request.cause() == v1::FAILURE_CAUSE_UNSPECIFIED) {
    violations.push_back({"cause", Sentence("Say why it failed.")});
  } else if (!failed && request.cause() != v1::FAILURE_CAUSE_UNSPECIFIED) {
    violations.push_back({"cause", Sentence("A cause goes with FAILED only.")});
  }
  const bool deferred = outcome == v1::MARK_OUTCOME_DEFERRED;
  if (deferred && request.until().empty()) {
    violations.push_back({"until", Sentence("Say until which day it is put off.")});
  } else if (!deferred && !request.until().empty()) {
    violations.push_back({"until", Sentence("A day to put it off to goes with DEFERRED only.")});
  }
  if (request.lift() && outcome != v1::MARK_OUTCOME_EXEMPT) {
    violations.push_back({"lift", Sentence("Only an exemption can be lifted.")});
  }
  const bool needs_reason =
      outcome == v1::MARK_OUTCOME_ROLLED_BACK || outcome == v1::MARK_OUTCOME_EXEMPT;
  if (needs_reason && request.options().reason().empty()) {
    violations.push_back({"options.reason", Sentence("Say why, for the record.")});
  }
  if (request.override_blockers() && request.options().reason().empty()) {
    violations.push_back({"options.reason", Sentence("An override needs a reason.")});
  }
  if (!violations.empty()) return domain::InvalidRequest(std::move(violations));
  return absl::OkStatus();
}

absl::StatusOr<store::Draft> MarkAll(const api::Environment& env,
                                     const v1::MarkDevicesRequest& request,
                                     const WriteContext& context, store::ReadView& view,
                                     int64_t change_set, v1::MarkDevicesResponse& response) {
  domain::MarkRequest mark;
  mark.outcome = static_cast<domain::Outcome>(request.outcome());
  if (!domain::MayMark(context.caller.role, mark.outcome)) {
    return domain::MarkNotForRole(context.caller.role, domain::Name(mark.outcome));
  }
  if (mark.outcome == domain::Outcome::kFailed) {
    mark.cause = static_cast<domain::FailureCause>(request.cause());
  }
  if (mark.outcome == domain::Outcome::kDeferred) {
    ASSIGN_OR_RETURN(mark.until, api::ParseDay(request.until(), "until"));
    if (*mark.until <= env.ward.DayOf(context.now)) {
      return domain::InvalidField(
          "until", Sentence("The day $0 is not after today; give a later one.", {request.until()}));
    }
  }
  mark.override_blockers = request.override_blockers();
  mark.lift = request.lift();
  mark.day = env.ward.DayOf(context.effective);
  mark.time = context.effective;

  std::string rollout = request.rollout();
  if (constexpr std::string_view kPrefix = "rollouts/"; rollout.starts_with(kPrefix)) {
    rollout.erase(0, kPrefix.size());
  }
  if (!rollout.empty()) {
    ASSIGN_OR_RETURN(const std::optional<domain::Rollout> known, view.FindRollout(rollout));
    if (!known.has_value()) return domain::RolloutNotFound(rollout);
  }
  TargetFinder targets(view, rollout);
  store::Draft draft = context.NewDraft(domain::ActOf(mark.outcome));
  std::vector<Refusal> refusals;
  std::set<std::string> seen;
  for (const std::string& given : request.asset_tags()) {
    const std::string tag = text::FoldIdentifier(given);
    if (!seen.insert(tag).second) continue;
    auto* const row = response.add_results();
    row->set_asset_tag(tag);
    const absl::StatusOr<domain::MarkEffect> effect = MarkOne(view, targets, tag, mark, draft);
    if (!effect.ok()) {
      *row->mutable_status() = api::ToRpcStatus(effect.status());
      refusals.push_back({tag, effect.status()});
      continue;
    }
    row->set_state(static_cast<v1::PlacementState>(effect->placement.state));
    row->set_changed(effect->changed);
    row->set_off_schedule(effect->placement.off_schedule);
    (effect->changed ? response.set_changed(response.changed() + 1)
                     : response.set_unchanged(response.unchanged() + 1));
  }
  response.set_refused(static_cast<int>(refusals.size()));
  if (!refusals.empty() && !request.allow_partial()) {
    return RefuseAll(refusals, response.results_size());
  }
  if (!draft.edits.empty()) response.set_change_set(domain::ChangeSetName(change_set));
  RETURN_IF_ERROR(Settle(view, draft));
  return draft;
}

}  // namespace kirikae::app
