#include "service/api/mark_devices.h"

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "service/api/device_filter.h"
#include "service/api/near_tags.h"
#include "service/api/resource_name.h"
#include "service/api/rollout_file.h"
#include "service/domain/device_rules.h"
#include "service/domain/errors.h"
#include "service/domain/mark.h"
#include "service/status_macros.h"
#include "service/text/fold.h"

namespace kirikae::api {
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
      ASSIGN_OR_RETURN(const RolloutFile file, ParseRolloutFile(rollout.source));
      ASSIGN_OR_RETURN(const DeviceFilter scope, ParseDeviceSelector(file.scope));
      if (!scope.Matches(device)) continue;
      if (target.has_value()) return domain::SeveralRollouts(device.asset_tag);
      target = Target{rollout, {}};
      target->placement.rollout = rollout.id;
      target->placement.asset_tag = device.asset_tag;
    }
    if (!target.has_value()) return domain::DeviceNotInRollout(device.asset_tag);
    return *std::move(target);
  }

  store::ReadView& view_;
  const std::string rollout_;
};

absl::StatusOr<domain::MarkEffect> MarkOne(store::ReadView& view, TargetFinder& targets,
                                           std::string_view tag, const domain::MarkRequest& request,
                                           const WriteContext& context, store::Draft& draft) {
  ASSIGN_OR_RETURN(domain::Device device, RequireDevice(view, tag));
  if (device.state == domain::DeviceState::kRetired) return domain::DeviceRetired(tag);
  ASSIGN_OR_RETURN(const Target target, targets.Find(device));
  ASSIGN_OR_RETURN(domain::MarkEffect effect,
                   domain::Mark(device, target.placement, target.rollout, request));
  if (!effect.changed) return effect;
  const domain::AuthMethod before = device.auth_method;
  RETURN_IF_ERROR(domain::SetMethod(device, effect.method, context.effective));
  draft.edits.emplace_back(effect.placement);
  if (effect.method != before) {
    draft.edits.emplace_back(store::DeviceEdit{std::move(device), std::nullopt});
  }
  return effect;
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

absl::StatusOr<store::Draft> MarkAll(const Environment& env, const v1::MarkDevicesRequest& request,
                                     const WriteContext& context, store::ReadView& view,
                                     int64_t change_set, v1::MarkDevicesResponse& response) {
  domain::MarkRequest mark;
  mark.outcome = static_cast<domain::Outcome>(request.outcome());
  if (!domain::MayMark(context.caller.role, mark.outcome)) {
    return domain::MarkNotForRole(context.caller.role, domain::OutcomeName(mark.outcome));
  }
  if (mark.outcome == domain::Outcome::kFailed) {
    mark.cause = static_cast<domain::FailureCause>(request.cause());
  }
  if (mark.outcome == domain::Outcome::kDeferred) {
    ASSIGN_OR_RETURN(mark.until, ParseDay(request.until(), "until"));
    if (*mark.until <= env.DayOf(context.now)) {
      return domain::InvalidField(
          "until", Sentence("The day $0 is not after today; give a later one.", {request.until()}));
    }
  }
  mark.override_blockers = request.override_blockers();
  mark.day = env.DayOf(context.effective);

  std::string rollout = request.rollout();
  if (constexpr std::string_view kPrefix = "rollouts/"; rollout.starts_with(kPrefix)) {
    rollout.erase(0, kPrefix.size());
  }
  if (!rollout.empty()) {
    ASSIGN_OR_RETURN(const std::optional<domain::Rollout> known, view.FindRollout(rollout));
    if (!known.has_value()) return domain::RolloutNotFound(rollout);
  }
  TargetFinder targets(view, rollout);
  store::Draft draft = context.NewDraft("MARK_" + std::string(domain::OutcomeName(mark.outcome)));
  std::vector<Refusal> refusals;
  std::set<std::string> seen;
  for (const std::string& given : request.asset_tags()) {
    const std::string tag = text::FoldIdentifier(given);
    if (!seen.insert(tag).second) continue;
    auto* const row = response.add_results();
    row->set_asset_tag(tag);
    const absl::StatusOr<domain::MarkEffect> effect =
        MarkOne(view, targets, tag, mark, context, draft);
    if (!effect.ok()) {
      *row->mutable_status() = ToRpcStatus(effect.status());
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
  if (!draft.edits.empty()) response.set_change_set("changeSets/" + std::to_string(change_set));
  return draft;
}

}  // namespace kirikae::api
