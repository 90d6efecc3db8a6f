// Handlers of RolloutService for phases and their gates.
#include <string>
#include <utility>

#include "service/api/convert/phase.h"
#include "service/api/rollout_handlers.h"
#include "service/app/rollouts/phase_acts.h"
#include "service/domain/errors.h"
#include "service/domain/record_name.h"
#include "service/status_macros.h"

namespace kirikae::api {
namespace {

using domain::Sentence;

absl::StatusOr<app::PhaseKey> KeyOf(const std::string& name) {
  ASSIGN_OR_RETURN(domain::RecordName parts, domain::ParseName(domain::RecordKind::kPhase, name));
  return app::PhaseKey{std::move(parts.rollout), std::move(parts.id)};
}

}  // namespace

absl::StatusOr<store::Draft> HoldPhase(const WriteCall& call, const v1::HoldPhaseRequest& request,
                                       v1::Phase* answer) {
  if (call.context.reason.empty()) {
    return domain::InvalidField("options.reason", Sentence("Say why, for the record."));
  }
  ASSIGN_OR_RETURN(const app::PhaseKey key, KeyOf(request.name()));
  ASSIGN_OR_RETURN(app::PhaseChange change,
                   app::HoldPhase(call.ward(), call.context, call.view, key));
  ToProto(change.phase, call.ward().zone, answer);
  return std::move(change.draft);
}

absl::StatusOr<store::Draft> ReleasePhase(const WriteCall& call,
                                          const v1::ReleasePhaseRequest& request,
                                          v1::Phase* answer) {
  if (request.remark().empty()) {
    return domain::InvalidField("remark", Sentence("Say why it may go on, for the record."));
  }
  ASSIGN_OR_RETURN(const app::PhaseKey key, KeyOf(request.name()));
  ASSIGN_OR_RETURN(app::PhaseChange change,
                   app::ReleasePhase(call.ward(), call.context, call.view, key, request.remark(),
                                     request.override()));
  ToProto(change.phase, call.ward().zone, answer);
  return std::move(change.draft);
}

}  // namespace kirikae::api
