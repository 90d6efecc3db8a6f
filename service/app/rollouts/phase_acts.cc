#include "service/app/rollouts/phase_acts.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "service/app/remark.h"
#include "service/app/rollouts/parsed_file.h"
#include "service/app/rollouts/require_rollout.h"
#include "service/domain/errors.h"
#include "service/domain/phase_release.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

absl::StatusOr<PhaseNow> RequirePhase(const Ward& ward, store::ReadView& view,
                                      const PhaseKey& key) {
  ASSIGN_OR_RETURN(const domain::Rollout rollout, RequireRollout(view, key.rollout));
  ASSIGN_OR_RETURN(const auto file, FileOf(rollout));
  ASSIGN_OR_RETURN(std::vector<PhaseNow> phases, PhasesNow(ward, view, rollout, *file));
  const auto phase = std::find_if(phases.begin(), phases.end(),
                                  [&](const PhaseNow& each) { return each.spec.id == key.id; });
  if (phase == phases.end()) return domain::PhaseNotFound(key.rollout, key.id);
  return std::move(*phase);
}

}  // namespace

absl::StatusOr<PhaseChange> HoldPhase(const Ward& ward, const WriteContext& act,
                                      store::ReadView& view, const PhaseKey& key) {
  ASSIGN_OR_RETURN(PhaseNow phase, RequirePhase(ward, view, key));
  ASSIGN_OR_RETURN(phase.status,
                   domain::Hold(phase.status, {act.caller.actor, act.reason, act.now}));
  store::Draft draft = act.NewDraft(domain::Act::kHoldPhase);
  draft.edits.emplace_back(phase.status);
  return PhaseChange{std::move(phase), std::move(draft)};
}

absl::StatusOr<PhaseChange> ReleasePhase(const Ward& ward, const WriteContext& act,
                                         store::ReadView& view, const PhaseKey& key,
                                         const std::string& remark, bool override) {
  RETURN_IF_ERROR(CheckRemark(remark));
  ASSIGN_OR_RETURN(PhaseNow phase, RequirePhase(ward, view, key));
  ASSIGN_OR_RETURN(phase.status, domain::Release(phase.status, PolicyOf(phase.spec), phase.facts,
                                                 {act.caller.actor, remark, act.now}, override));
  store::Draft draft =
      act.NewDraft(override ? domain::Act::kOverrideGate : domain::Act::kReleasePhase);
  if (draft.reason.empty()) draft.reason = remark;
  draft.edits.emplace_back(phase.status);
  return PhaseChange{std::move(phase), std::move(draft)};
}

}  // namespace kirikae::app
