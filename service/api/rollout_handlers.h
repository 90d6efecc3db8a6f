// Handlers of RolloutService that have files of their own; see call/call.h.
#pragma once

#include <grpcpp/grpcpp.h>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "kirikae/v1/rollout_service.pb.h"
#include "service/api/call/call.h"
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

// get_report.cc
absl::StatusOr<Parts<v1::GetReportResponse>> GetReport(const Call& call,
                                                       const v1::GetReportRequest& request);

// watch_rollout.cc: a stream that lasts until the watcher ends it. `env` must outlive it.
grpc::ServerWriteReactor<v1::RolloutEvent>* NewWatch(Environment& env,
                                                     grpc::CallbackServerContext& context,
                                                     const v1::WatchRolloutRequest& request);

}  // namespace kirikae::api
