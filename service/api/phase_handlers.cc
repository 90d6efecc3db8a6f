// The handlers of RolloutService that are about phases and their gates.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "service/api/rollout_service.h"
#include "service/app/rollouts/parsed_file.h"
#include "service/app/rollouts/phases.h"
#include "service/app/rollouts/require_rollout.h"
#include "service/domain/errors.h"
#include "service/domain/phase_release.h"
#include "service/domain/record_name.h"

namespace kirikae::api {
namespace {

using domain::Sentence;

// Changes a phase: `act(PhaseNow)` -> StatusOr<PhaseStatus>.
template <typename Act>
absl::StatusOr<store::Draft> ChangePhase(const Environment& env, store::ReadView& view,
                                         const std::string& name, store::Draft draft, Act act,
                                         v1::Phase& answer) {
  ASSIGN_OR_RETURN(const domain::RecordName parts,
                   domain::ParseName(domain::RecordKind::kPhase, name));
  ASSIGN_OR_RETURN(const domain::Rollout rollout, app::RequireRollout(view, parts.rollout));
  ASSIGN_OR_RETURN(const auto file, app::FileOf(rollout));
  ASSIGN_OR_RETURN(std::vector<app::PhaseNow> phases, app::PhasesNow(env, view, rollout, *file));
  const auto phase = std::find_if(phases.begin(), phases.end(), [&](const app::PhaseNow& each) {
    return each.spec->id == parts.id;
  });
  if (phase == phases.end()) return domain::PhaseNotFound(parts.rollout, parts.id);
  ASSIGN_OR_RETURN(phase->status, act(*phase));
  ToProto(*phase, rollout.id, &answer);
  draft.edits.emplace_back(phase->status);
  return draft;
}

}  // namespace

grpc::ServerUnaryReactor* RolloutServiceImpl::HoldPhase(grpc::CallbackServerContext* call,
                                                        const v1::HoldPhaseRequest* request,
                                                        v1::Phase* response) {
  return Write(
      env_, call, Rpc("RolloutService/HoldPhase"), request, response,
      [this, request](store::ReadView& view, int64_t, const app::WriteContext& context,
                      v1::Phase& answer) -> absl::StatusOr<store::Draft> {
        if (context.reason.empty()) {
          return domain::InvalidField("options.reason", Sentence("Say why, for the record."));
        }
        const domain::PhaseAct act{context.caller.actor, context.reason, context.now};
        return ChangePhase(
            env_, view, request->name(), context.NewDraft(domain::Act::kHoldPhase),
            [&](const app::PhaseNow& phase) { return domain::Hold(phase.status, act); }, answer);
      });
}

grpc::ServerUnaryReactor* RolloutServiceImpl::ReleasePhase(grpc::CallbackServerContext* call,
                                                           const v1::ReleasePhaseRequest* request,
                                                           v1::Phase* response) {
  return Write(
      env_, call, Rpc("RolloutService/ReleasePhase"), request, response,
      [this, request](store::ReadView& view, int64_t, const app::WriteContext& context,
                      v1::Phase& answer) -> absl::StatusOr<store::Draft> {
        if (request->remark().empty()) {
          return domain::InvalidField("remark", Sentence("Say why it may go on, for the record."));
        }
        const domain::PhaseAct act{context.caller.actor, request->remark(), context.now};
        store::Draft draft = context.NewDraft(request->override() ? domain::Act::kOverrideGate
                                                                  : domain::Act::kReleasePhase);
        if (draft.reason.empty()) draft.reason = request->remark();
        return ChangePhase(
            env_, view, request->name(), std::move(draft),
            [&](const app::PhaseNow& phase) {
              return domain::Release(phase.status, app::PolicyOf(*phase.spec), phase.facts, act,
                                     request->override());
            },
            answer);
      });
}

}  // namespace kirikae::api
