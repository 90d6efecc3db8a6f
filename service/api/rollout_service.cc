#include "service/api/rollout_service.h"

#include <string>
#include <utility>
#include <vector>

#include "kirikae/v1/rollout_service.grpc.pb.h"
#include "service/api/call/page.h"
#include "service/api/call/run.h"
#include "service/api/convert/forecast.h"
#include "service/api/convert/phase.h"
#include "service/api/convert/progress.h"
#include "service/api/convert/rollout.h"
#include "service/api/rollout_handlers.h"
#include "service/app/plans/forecast.h"
#include "service/app/rollouts/apply_file.h"
#include "service/app/rollouts/parsed_file.h"
#include "service/app/rollouts/phases.h"
#include "service/app/rollouts/progress.h"
#include "service/app/rollouts/require_rollout.h"
#include "service/domain/errors.h"
#include "service/domain/record_name.h"

namespace kirikae::api {
namespace {

absl::StatusOr<app::ReadRollout> ReadFile(const Preparation& preparation,
                                          const v1::ApplyRolloutRequest& request) {
  ASSIGN_OR_RETURN(const auto view, preparation.env.store.Read(preparation.abandoned));
  return app::ReadRolloutContent(*view, request.content());
}

absl::StatusOr<store::Draft> ApplyRollout(const WriteCall& call,
                                          const v1::ApplyRolloutRequest& request,
                                          const app::ReadRollout& read,
                                          v1::ApplyRolloutResponse* answer) {
  ASSIGN_OR_RETURN(app::AppliedFile applied, app::ApplyFile(call.view, read, request.etag()));
  for (std::string& field : applied.difference.keys) answer->add_differences(std::move(field));
  answer->set_created(applied.created);
  RETURN_IF_ERROR(ToProto(applied.rollout, answer->mutable_rollout()));
  // The store adds one to the version of a changed record; validating changes no record.
  const bool counts_up = applied.changed && !request.options().validate_only();
  answer->mutable_rollout()->set_etag(
      std::to_string(applied.rollout.version + (counts_up ? 1 : 0)));
  store::Draft draft = call.context.NewDraft(domain::Act::kApplyRollout);
  draft.edits.emplace_back(std::move(applied.rollout));
  return draft;
}

absl::Status GetRollout(const Call& call, const v1::GetRolloutRequest& request,
                        v1::Rollout* response) {
  ASSIGN_OR_RETURN(const domain::Rollout rollout, RolloutNamed(call.view, request.name()));
  RETURN_IF_ERROR(ToProto(rollout, response));
  ASSIGN_OR_RETURN(const auto file, app::FileOf(rollout));
  ASSIGN_OR_RETURN(const auto census, call.env.censuses.At(call.ward(), call.view, rollout, *file));
  ASSIGN_OR_RETURN(const std::vector<app::PhaseNow> phases,
                   app::PhasesNow(call.ward(), call.view, rollout, *file, census->gates));
  ASSIGN_OR_RETURN(const domain::Proposal open, app::OpenProposal(call.view, rollout.id));
  if (open.number != 0) {
    response->set_open_proposal(domain::ProposalName(rollout.id, open.number));
  }
  response->clear_phases();
  for (const app::PhaseNow& phase : phases) {
    ToProto(phase, call.ward().zone, response->add_phases());
  }
  return absl::OkStatus();
}

absl::Status ListRollouts(const Call& call, const v1::ListRolloutsRequest& request,
                          v1::ListRolloutsResponse* response) {
  ASSIGN_OR_RETURN(const int limit, PageSize(request.page_size()));
  ASSIGN_OR_RETURN(std::string after, ReadPageToken(request.page_token(), "rollouts"));
  ASSIGN_OR_RETURN(const std::vector<domain::Rollout> rollouts,
                   call.view.ListRollouts({.after = std::move(after), .limit = limit + 1}));
  for (const domain::Rollout& rollout : rollouts) {
    if (response->rollouts_size() == limit) {
      response->set_next_page_token(
          MakePageToken(rollouts[static_cast<size_t>(limit) - 1].id, "rollouts"));
      break;
    }
    RETURN_IF_ERROR(ToProto(rollout, response->add_rollouts()));
  }
  return absl::OkStatus();
}

absl::Status GetForecast(const Call& call, const v1::GetForecastRequest& request,
                         v1::Forecast* response) {
  ASSIGN_OR_RETURN(const domain::Rollout rollout, RolloutNamed(call.view, request.name()));
  ASSIGN_OR_RETURN(const app::RolloutForecast forecast,
                   app::ForecastRollout(call.view, rollout, call.ward().Today(), request.seed()));
  ToProto(forecast, response);
  return absl::OkStatus();
}

absl::Status GetProgress(const Call& call, const v1::GetProgressRequest& request,
                         v1::Progress* response) {
  ASSIGN_OR_RETURN(const domain::Rollout rollout, RolloutNamed(call.view, request.name()));
  ASSIGN_OR_RETURN(const app::Progress progress,
                   app::CountProgress(call.ward(), call.view, rollout, call.env.censuses));
  ToProto(progress, response);
  return absl::OkStatus();
}

class RolloutServiceImpl final : public v1::RolloutService::CallbackService {
 public:
  explicit RolloutServiceImpl(Environment& env) : env_(env) {}

  grpc::ServerUnaryReactor* ApplyRollout(grpc::CallbackServerContext* context,
                                         const v1::ApplyRolloutRequest* request,
                                         v1::ApplyRolloutResponse* response) override {
    return WriteAtLength(env_, env_.work.reads, Rpc("RolloutService/ApplyRollout"), context,
                         request, response, &ReadFile, &api::ApplyRollout);
  }

  grpc::ServerUnaryReactor* ProposeRollout(grpc::CallbackServerContext* context,
                                           const v1::ProposeRolloutRequest* request,
                                           v1::Proposal* response) override {
    return WriteAtLength(env_, env_.work.reads, Rpc("RolloutService/ProposeRollout"), context,
                         request, response, &ReadProposed, &api::ProposeRollout);
  }

  grpc::ServerUnaryReactor* AcceptProposal(grpc::CallbackServerContext* context,
                                           const v1::AcceptProposalRequest* request,
                                           v1::Proposal* response) override {
    return WriteAtLength(env_, env_.work.reads, Rpc("RolloutService/AcceptProposal"), context,
                         request, response, &ReadAccepted, &api::AcceptProposal);
  }

  grpc::ServerUnaryReactor* DeclineProposal(grpc::CallbackServerContext* context,
                                            const v1::DeclineProposalRequest* request,
                                            v1::Proposal* response) override {
    return WriteAtLength(env_, env_.work.reads, Rpc("RolloutService/DeclineProposal"), context,
                         request, response, &ReadDeclined, &api::DeclineProposal);
  }

  KIRIKAE_UNARY(RolloutService, GetProposal, ReadAtLength)
  KIRIKAE_UNARY(RolloutService, ListProposals, ReadAtLength)
  KIRIKAE_UNARY(RolloutService, GetRollout, ReadAtLength)
  KIRIKAE_UNARY(RolloutService, ListRollouts, ReadAtLength)
  KIRIKAE_UNARY(RolloutService, StartRollout, Write)
  KIRIKAE_UNARY(RolloutService, PauseRollout, Write)
  KIRIKAE_UNARY(RolloutService, ResumeRollout, Write)
  KIRIKAE_UNARY(RolloutService, CancelRollout, Write)
  KIRIKAE_UNARY(RolloutService, ListWaves, ReadAtLength)
  KIRIKAE_UNARY(RolloutService, GetWave, ReadAtLength)
  KIRIKAE_UNARY(RolloutService, StartWave, Write)
  KIRIKAE_UNARY(RolloutService, FinishWave, Write)
  KIRIKAE_UNARY(RolloutService, HoldPhase, Write)
  KIRIKAE_UNARY(RolloutService, ReleasePhase, Write)
  KIRIKAE_UNARY(RolloutService, GetProgress, ReadAtLength)
  KIRIKAE_UNARY(RolloutService, GetForecast, ReadAtLength)
  KIRIKAE_UNARY(RolloutService, ListReadiness, ReadAtLength)
  KIRIKAE_PARTS(RolloutService, GetReport)

  grpc::ServerWriteReactor<v1::RolloutEvent>* WatchRollout(
      grpc::CallbackServerContext* context, const v1::WatchRolloutRequest* request) override {
    return NewWatch(env_, *context, *request);
  }

 private:
  Environment& env_;
};

}  // namespace

std::unique_ptr<grpc::Service> NewRolloutService(Environment& env) {
  return std::make_unique<RolloutServiceImpl>(env);
}

}  // namespace kirikae::api
