// RolloutService: contracts in its proto.
#pragma once

#include "kirikae/v1/rollout_service.grpc.pb.h"
#include "service/api/call/legacy_call.h"

namespace kirikae::api {

/// Handlers of RolloutService. Thread-safe.
class RolloutServiceImpl final : public v1::RolloutService::CallbackService {
 public:
  explicit RolloutServiceImpl(Environment& env) : env_(env) {}

  grpc::ServerUnaryReactor* ApplyRollout(grpc::CallbackServerContext* call,
                                         const v1::ApplyRolloutRequest* request,
                                         v1::ApplyRolloutResponse* response) override;
  grpc::ServerUnaryReactor* GetRollout(grpc::CallbackServerContext* call,
                                       const v1::GetRolloutRequest* request,
                                       v1::Rollout* response) override;
  grpc::ServerUnaryReactor* ListRollouts(grpc::CallbackServerContext* call,
                                         const v1::ListRolloutsRequest* request,
                                         v1::ListRolloutsResponse* response) override;
  grpc::ServerUnaryReactor* StartRollout(grpc::CallbackServerContext* call,
                                         const v1::StartRolloutRequest* request,
                                         v1::ChangeRolloutResponse* response) override;
  grpc::ServerUnaryReactor* PauseRollout(grpc::CallbackServerContext* call,
                                         const v1::PauseRolloutRequest* request,
                                         v1::ChangeRolloutResponse* response) override;
  grpc::ServerUnaryReactor* ResumeRollout(grpc::CallbackServerContext* call,
                                          const v1::ResumeRolloutRequest* request,
                                          v1::ChangeRolloutResponse* response) override;
  grpc::ServerUnaryReactor* CancelRollout(grpc::CallbackServerContext* call,
                                          const v1::CancelRolloutRequest* request,
                                          v1::ChangeRolloutResponse* response) override;
  grpc::ServerUnaryReactor* ListWaves(grpc::CallbackServerContext* call,
                                      const v1::ListWavesRequest* request,
                                      v1::ListWavesResponse* response) override;
  grpc::ServerUnaryReactor* GetWave(grpc::CallbackServerContext* call,
                                    const v1::GetWaveRequest* request, v1::Wave* response) override;
  grpc::ServerUnaryReactor* StartWave(grpc::CallbackServerContext* call,
                                      const v1::StartWaveRequest* request,
                                      v1::Wave* response) override;
  grpc::ServerUnaryReactor* FinishWave(grpc::CallbackServerContext* call,
                                       const v1::FinishWaveRequest* request,
                                       v1::Wave* response) override;
  grpc::ServerUnaryReactor* GetProgress(grpc::CallbackServerContext* call,
                                        const v1::GetProgressRequest* request,
                                        v1::Progress* response) override;
  grpc::ServerWriteReactor<v1::RolloutEvent>* WatchRollout(
      grpc::CallbackServerContext* call, const v1::WatchRolloutRequest* request) override;
  grpc::ServerWriteReactor<v1::GetReportResponse>* GetReport(
      grpc::CallbackServerContext* call, const v1::GetReportRequest* request) override;
  grpc::ServerUnaryReactor* HoldPhase(grpc::CallbackServerContext* call,
                                      const v1::HoldPhaseRequest* request,
                                      v1::Phase* response) override;
  grpc::ServerUnaryReactor* ReleasePhase(grpc::CallbackServerContext* call,
                                         const v1::ReleasePhaseRequest* request,
                                         v1::Phase* response) override;
  grpc::ServerUnaryReactor* GetForecast(grpc::CallbackServerContext* call,
                                        const v1::GetForecastRequest* request,
                                        v1::Forecast* response) override;

 private:
  Environment& env_;
};

}  // namespace kirikae::api
