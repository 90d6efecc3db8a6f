#include "service/api/rollout_service.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "service/api/call/page.h"
#include "service/api/convert/forecast.h"
#include "service/app/plans/forecast.h"
#include "service/app/rollouts/parsed_file.h"
#include "service/app/rollouts/phases.h"
#include "service/app/rollouts/progress.h"
#include "service/app/rollouts/require_rollout.h"
#include "service/app/rollouts/rollout_file.h"
#include "service/app/rollouts/verbs.h"
#include "service/domain/errors.h"
#include "service/domain/record_name.h"

namespace kirikae::api {
namespace {

std::string DayText(const std::optional<absl::CivilDay>& day) {
  return day.has_value() ? absl::FormatCivilTime(*day) : std::string();
}

absl::Status ToProto(const domain::Rollout& rollout, v1::Rollout* proto) {
  ASSIGN_OR_RETURN(const app::RolloutFile file, app::ParseRolloutFile(rollout.source));
  proto->set_name(domain::RolloutName(rollout.id));
  proto->set_title(rollout.title);
  proto->set_from_method(static_cast<v1::AuthMethod>(rollout.from_method));
  proto->set_to_method(static_cast<v1::AuthMethod>(rollout.to_method));
  proto->set_scope(file.scope);
  for (const app::PhaseSpec& spec : file.phases) {
    auto* const phase = proto->add_phases();
    phase->set_id(spec.id);
    phase->set_title(spec.title);
    phase->set_selector(spec.select);
    phase->set_not_before(DayText(spec.not_before));
    phase->set_deadline(DayText(spec.deadline));
    phase->set_soak_days(spec.soak_days);
  }
  proto->set_state(static_cast<v1::RolloutState>(rollout.state));
  if (rollout.approved_plan != 0) {
    proto->set_approved_plan(domain::PlanName(rollout.id, rollout.approved_plan));
  }
  proto->set_etag(std::to_string(rollout.version));
  proto->set_source(rollout.source);
  return absl::OkStatus();
}

// A verb as a write.
template <typename Request>
grpc::ServerUnaryReactor* WriteVerb(Environment& env, grpc::CallbackServerContext* call, Rpc rpc,
                                    const Request* request, v1::ChangeRolloutResponse* response,
                                    app::RolloutVerb verb) {
  return Write(env, call, rpc, request, response,
               [&env, request, verb = std::move(verb)](
                   store::ReadView& view, int64_t, const app::WriteContext& context,
                   v1::ChangeRolloutResponse& answer) -> absl::StatusOr<store::Draft> {
                 ASSIGN_OR_RETURN(const domain::RecordName id_name,
                                  domain::ParseName(domain::RecordKind::kRollout, request->name()));
                 const std::string& id = id_name.id;
                 if (verb.event == domain::RolloutEvent::kCancel && context.reason.empty()) {
                   return domain::InvalidField("options.reason",
                                               domain::Sentence("Say why, for the record."));
                 }
                 ASSIGN_OR_RETURN(domain::Rollout rollout, app::RequireRollout(view, id));
                 ASSIGN_OR_RETURN(app::RolloutEffect effect,
                                  app::ApplyVerb(view, std::move(rollout), verb,
                                                 env.ward.DayOf(context.now), answer));
                 RETURN_IF_ERROR(ToProto(effect.rollout, answer.mutable_rollout()));
                 answer.mutable_rollout()->set_etag(
                     std::to_string(effect.rollout.version + (answer.changed() ? 1 : 0)));
                 store::Draft draft = context.NewDraft(verb.act);
                 draft.edits = std::move(effect.edits);
                 return draft;
               });
}

}  // namespace

grpc::ServerUnaryReactor* RolloutServiceImpl::StartRollout(grpc::CallbackServerContext* call,
                                                           const v1::StartRolloutRequest* request,
                                                           v1::ChangeRolloutResponse* response) {
  return WriteVerb(env_, call, Rpc("RolloutService/StartRollout"), request, response,
                   {.event = domain::RolloutEvent::kStart, .act = domain::Act::kStartRollout});
}

grpc::ServerUnaryReactor* RolloutServiceImpl::PauseRollout(grpc::CallbackServerContext* call,
                                                           const v1::PauseRolloutRequest* request,
                                                           v1::ChangeRolloutResponse* response) {
  return WriteVerb(env_, call, Rpc("RolloutService/PauseRollout"), request, response,
                   {.event = domain::RolloutEvent::kPause,
                    .act = domain::Act::kPauseRollout,
                    .let_running_waves_finish = request->let_running_waves_finish()});
}

grpc::ServerUnaryReactor* RolloutServiceImpl::ResumeRollout(grpc::CallbackServerContext* call,
                                                            const v1::ResumeRolloutRequest* request,
                                                            v1::ChangeRolloutResponse* response) {
  return WriteVerb(env_, call, Rpc("RolloutService/ResumeRollout"), request, response,
                   {.event = domain::RolloutEvent::kResume, .act = domain::Act::kResumeRollout});
}

grpc::ServerUnaryReactor* RolloutServiceImpl::CancelRollout(grpc::CallbackServerContext* call,
                                                            const v1::CancelRolloutRequest* request,
                                                            v1::ChangeRolloutResponse* response) {
  return WriteVerb(env_, call, Rpc("RolloutService/CancelRollout"), request, response,
                   {.event = domain::RolloutEvent::kCancel, .act = domain::Act::kCancelRollout});
}

grpc::ServerUnaryReactor* RolloutServiceImpl::ApplyRollout(grpc::CallbackServerContext* call,
                                                           const v1::ApplyRolloutRequest* request,
                                                           v1::ApplyRolloutResponse* response) {
  return Write(
      env_, call, Rpc("RolloutService/ApplyRollout"), request, response,
      [request](store::ReadView& view, int64_t, const app::WriteContext& context,
                v1::ApplyRolloutResponse& answer) -> absl::StatusOr<store::Draft> {
        ASSIGN_OR_RETURN(const app::RolloutFile file, app::ParseRolloutFile(request->content()));
        ASSIGN_OR_RETURN(const std::optional<domain::Rollout> old, view.FindRollout(file.id));
        domain::Rollout rollout = old.value_or(domain::Rollout());
        const std::string etag = std::to_string(rollout.version);
        if (!request->etag().empty() && request->etag() != etag) {
          return domain::EtagMismatch(domain::RolloutName(file.id), etag);
        }
        rollout.id = file.id;
        rollout.title = file.title;
        rollout.from_method = file.from;
        rollout.to_method = file.to;
        rollout.minimum_os = file.policy.minimum_os;
        for (std::string& field : app::DifferingFields(rollout.source, request->content())) {
          answer.add_differences(std::move(field));
        }
        rollout.source = request->content();
        answer.set_created(!old.has_value());
        RETURN_IF_ERROR(ToProto(rollout, answer.mutable_rollout()));
        // The store counts the version up when the record changes, which it does exactly
        // when its source does.
        // A check writes nothing, so what comes after it starts from the same version.
        const bool changed = (!old.has_value() || old->source != rollout.source) &&
                             !request->options().validate_only();
        answer.mutable_rollout()->set_etag(std::to_string(rollout.version + (changed ? 1 : 0)));
        store::Draft draft = context.NewDraft(domain::Act::kApplyRollout);
        draft.edits.emplace_back(std::move(rollout));
        return draft;
      });
}

grpc::ServerUnaryReactor* RolloutServiceImpl::GetRollout(grpc::CallbackServerContext* call,
                                                         const v1::GetRolloutRequest* request,
                                                         v1::Rollout* response) {
  return ReadAtLength(
      env_, call, Rpc("RolloutService/GetRollout"),
      [this, request, response](store::ReadView& view) -> absl::Status {
        ASSIGN_OR_RETURN(const domain::RecordName id_name,
                         domain::ParseName(domain::RecordKind::kRollout, request->name()));
        const std::string& id = id_name.id;
        ASSIGN_OR_RETURN(const domain::Rollout rollout, app::RequireRollout(view, id));
        RETURN_IF_ERROR(ToProto(rollout, response));
        ASSIGN_OR_RETURN(const auto file, app::FileOf(rollout));
        ASSIGN_OR_RETURN(const std::vector<app::PhaseNow> phases,
                         app::PhasesNow(env_, view, rollout, *file));
        response->clear_phases();
        for (const app::PhaseNow& phase : phases) ToProto(phase, id, response->add_phases());
        return absl::OkStatus();
      });
}

grpc::ServerUnaryReactor* RolloutServiceImpl::ListRollouts(grpc::CallbackServerContext* call,
                                                           const v1::ListRolloutsRequest* request,
                                                           v1::ListRolloutsResponse* response) {
  return Read(
      env_, call, Rpc("RolloutService/ListRollouts"), [&](store::ReadView& view) -> absl::Status {
        ASSIGN_OR_RETURN(const int limit, PageSize(request->page_size()));
        ASSIGN_OR_RETURN(std::string after, ReadPageToken(request->page_token(), "rollouts"));
        ASSIGN_OR_RETURN(const std::vector<domain::Rollout> rollouts,
                         view.ListRollouts({.after = std::move(after), .limit = limit + 1}));
        for (const domain::Rollout& rollout : rollouts) {
          if (response->rollouts_size() == limit) {
            response->set_next_page_token(
                MakePageToken(rollouts[static_cast<size_t>(limit) - 1].id, "rollouts"));
            break;
          }
          RETURN_IF_ERROR(ToProto(rollout, response->add_rollouts()));
        }
        return absl::OkStatus();
      });
}

grpc::ServerUnaryReactor* RolloutServiceImpl::GetForecast(grpc::CallbackServerContext* call,
                                                          const v1::GetForecastRequest* request,
                                                          v1::Forecast* response) {
  return ReadAtLength(
      env_, call, Rpc("RolloutService/GetForecast"),
      [this, request, response](store::ReadView& view) -> absl::Status {
        ASSIGN_OR_RETURN(const domain::RecordName id_name,
                         domain::ParseName(domain::RecordKind::kRollout, request->name()));
        const std::string& id = id_name.id;
        ASSIGN_OR_RETURN(const domain::Rollout rollout, app::RequireRollout(view, id));
        ASSIGN_OR_RETURN(const app::RolloutForecast forecast,
                         app::ForecastRollout(view, rollout, env_.ward.Today(), request->seed()));
        ToProto(forecast, response);
        return absl::OkStatus();
      });
}

grpc::ServerUnaryReactor* RolloutServiceImpl::GetProgress(grpc::CallbackServerContext* call,
                                                          const v1::GetProgressRequest* request,
                                                          v1::Progress* response) {
  return ReadAtLength(
      env_, call, Rpc("RolloutService/GetProgress"),
      [this, request, response](store::ReadView& view) -> absl::Status {
        ASSIGN_OR_RETURN(const domain::RecordName id_name,
                         domain::ParseName(domain::RecordKind::kRollout, request->name()));
        const std::string& id = id_name.id;
        ASSIGN_OR_RETURN(const domain::Rollout rollout, app::RequireRollout(view, id));
        return app::CountProgress(env_, view, rollout, response);
      });
}

}  // namespace kirikae::api
