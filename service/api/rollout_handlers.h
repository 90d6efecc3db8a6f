// Handlers of RolloutService that have files of their own; see call/call.h.
#pragma once

#include <grpcpp/grpcpp.h>

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "kirikae/v1/rollout_service.pb.h"
#include "service/api/call/call.h"
#include "service/app/rollouts/proposals.h"
#include "service/store/store.h"

namespace kirikae::api {

// wave_handlers.cc
absl::Status ListWaves(const Call& call, const v1::ListWavesRequest& request,
                       v1::ListWavesResponse* response);
absl::Status GetWave(const Call& call, const v1::GetWaveRequest& request, v1::Wave* response);
absl::StatusOr<store::Draft> StartWave(const WriteCall& call, const v1::StartWaveRequest& request,
                                       v1::Wave* answer);
absl::StatusOr<store::Draft> FinishWave(const WriteCall& call, const v1::FinishWaveRequest& request,
                                        v1::Wave* answer);

// phase_handlers.cc
absl::StatusOr<store::Draft> HoldPhase(const WriteCall& call, const v1::HoldPhaseRequest& request,
                                       v1::Phase* answer);
absl::StatusOr<store::Draft> ReleasePhase(const WriteCall& call,
                                          const v1::ReleasePhaseRequest& request,
                                          v1::Phase* answer);

// verb_handlers.cc
absl::StatusOr<domain::Rollout> RolloutNamed(store::ReadView& view, const std::string& name);
absl::StatusOr<store::Draft> StartRollout(const WriteCall& call,
                                          const v1::StartRolloutRequest& request,
                                          v1::ChangeRolloutResponse* answer);
absl::StatusOr<store::Draft> PauseRollout(const WriteCall& call,
                                          const v1::PauseRolloutRequest& request,
                                          v1::ChangeRolloutResponse* answer);
absl::StatusOr<store::Draft> ResumeRollout(const WriteCall& call,
                                           const v1::ResumeRolloutRequest& request,
                                           v1::ChangeRolloutResponse* answer);
absl::StatusOr<store::Draft> CancelRollout(const WriteCall& call,
                                           const v1::CancelRolloutRequest& request,
                                           v1::ChangeRolloutResponse* answer);

// proposal_handlers.cc. The first three prepare a write: they read the file.
absl::StatusOr<app::ReadRollout> ReadProposed(const Preparation& preparation,
                                              const v1::ProposeRolloutRequest& request);
absl::StatusOr<app::ReadRollout> ReadAccepted(const Preparation& preparation,
                                              const v1::AcceptProposalRequest& request);
absl::StatusOr<app::FileDifference> ReadDeclined(const Preparation& preparation,
                                                 const v1::DeclineProposalRequest& request);
absl::StatusOr<store::Draft> ProposeRollout(const WriteCall& call,
                                            const v1::ProposeRolloutRequest& request,
                                            const app::ReadRollout& read, v1::Proposal* answer);
absl::StatusOr<store::Draft> AcceptProposal(const WriteCall& call,
                                            const v1::AcceptProposalRequest& request,
                                            const app::ReadRollout& read, v1::Proposal* answer);
absl::StatusOr<store::Draft> DeclineProposal(const WriteCall& call,
                                             const v1::DeclineProposalRequest& request,
                                             const app::FileDifference& difference,
                                             v1::Proposal* answer);
absl::Status GetProposal(const Call& call, const v1::GetProposalRequest& request,
                         v1::Proposal* response);
absl::Status ListProposals(const Call& call, const v1::ListProposalsRequest& request,
                           v1::ListProposalsResponse* response);

// list_readiness.cc
absl::Status ListReadiness(const Call& call, const v1::ListReadinessRequest& request,
                           v1::ListReadinessResponse* response);

// get_report.cc
absl::StatusOr<Parts<v1::GetReportResponse>> GetReport(const Call& call,
                                                       const v1::GetReportRequest& request);

// watch_rollout.cc: a stream that lasts until the watcher ends it. `env` must outlive it.
grpc::ServerWriteReactor<v1::RolloutEvent>* NewWatch(Environment& env,
                                                     grpc::CallbackServerContext& context,
                                                     const v1::WatchRolloutRequest& request);

}  // namespace kirikae::api
