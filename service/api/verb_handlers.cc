// Handlers that start, pause, resume and cancel a rollout.
#include <string>
#include <utility>

#include "service/api/convert/rollout.h"
#include "service/api/rollout_handlers.h"
#include "service/app/rollouts/require_rollout.h"
#include "service/app/rollouts/verbs.h"
#include "service/domain/errors.h"
#include "service/domain/record_name.h"
#include "service/status_macros.h"

namespace kirikae::api {
namespace {

absl::StatusOr<store::Draft> WriteVerb(const WriteCall& call, const std::string& name,
                                       const app::RolloutVerb& verb,
                                       v1::ChangeRolloutResponse* answer) {
  ASSIGN_OR_RETURN(const domain::Rollout rollout, RolloutNamed(call.view, name));
  ASSIGN_OR_RETURN(app::RolloutEffect effect,
                   app::ApplyVerb(call.view, rollout, verb, call.ward().DayOf(call.context.now)));
  RETURN_IF_ERROR(ToProto(effect, answer));
  store::Draft draft = call.context.NewDraft(verb.act);
  draft.edits = std::move(effect.edits);
  return draft;
}

}  // namespace

absl::StatusOr<domain::Rollout> RolloutNamed(store::ReadView& view, const std::string& name) {
  ASSIGN_OR_RETURN(const domain::RecordName parts,
                   domain::ParseName(domain::RecordKind::kRollout, name));
  return app::RequireRollout(view, parts.id);
}

absl::StatusOr<store::Draft> StartRollout(const WriteCall& call,
                                          const v1::StartRolloutRequest& request,
                                          v1::ChangeRolloutResponse* answer) {
  return WriteVerb(call, request.name(),
                   {.event = domain::RolloutEvent::kStart, .act = domain::Act::kStartRollout},
                   answer);
}

absl::StatusOr<store::Draft> PauseRollout(const WriteCall& call,
                                          const v1::PauseRolloutRequest& request,
                                          v1::ChangeRolloutResponse* answer) {
  return WriteVerb(call, request.name(),
                   {.event = domain::RolloutEvent::kPause,
                    .act = domain::Act::kPauseRollout,
                    .let_running_waves_finish = request.let_running_waves_finish()},
                   answer);
}

absl::StatusOr<store::Draft> ResumeRollout(const WriteCall& call,
                                           const v1::ResumeRolloutRequest& request,
                                           v1::ChangeRolloutResponse* answer) {
  return WriteVerb(call, request.name(),
                   {.event = domain::RolloutEvent::kResume, .act = domain::Act::kResumeRollout},
                   answer);
}

absl::StatusOr<store::Draft> CancelRollout(const WriteCall& call,
                                           const v1::CancelRolloutRequest& request,
                                           v1::ChangeRolloutResponse* answer) {
  if (call.context.reason.empty()) {
    return domain::InvalidField("options.reason", domain::Sentence("Say why, for the record."));
  }
  return WriteVerb(call, request.name(),
                   {.event = domain::RolloutEvent::kCancel, .act = domain::Act::kCancelRollout},
                   answer);
}

}  // namespace kirikae::api
