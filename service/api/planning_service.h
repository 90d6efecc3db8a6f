// PlanningService: contracts in its proto.
#pragma once

#include "kirikae/v1/planning_service.grpc.pb.h"
#include "service/api/call/legacy_call.h"

namespace kirikae::api {

/// Handlers of PlanningService. Thread-safe.
class PlanningServiceImpl final : public v1::PlanningService::CallbackService {
 public:
  explicit PlanningServiceImpl(Environment& env) : env_(env) {}

  grpc::ServerUnaryReactor* SolvePlan(grpc::CallbackServerContext* call,
                                      const v1::SolvePlanRequest* request,
                                      v1::PlanSolution* response) override;
  grpc::ServerBidiReactor<v1::SolvePlanRequest, v1::PlanSolution>* SolvePlanInParts(
      grpc::CallbackServerContext* call) override;
  grpc::ServerUnaryReactor* CreatePlan(grpc::CallbackServerContext* call,
                                       const v1::CreatePlanRequest* request,
                                       v1::Plan* response) override;
  grpc::ServerUnaryReactor* GetPlan(grpc::CallbackServerContext* call,
                                    const v1::GetPlanRequest* request, v1::Plan* response) override;
  grpc::ServerUnaryReactor* ListPlans(grpc::CallbackServerContext* call,
                                      const v1::ListPlansRequest* request,
                                      v1::ListPlansResponse* response) override;
  grpc::ServerUnaryReactor* SubmitPlan(grpc::CallbackServerContext* call,
                                       const v1::SubmitPlanRequest* request,
                                       v1::Plan* response) override;
  grpc::ServerUnaryReactor* ApprovePlan(grpc::CallbackServerContext* call,
                                        const v1::ApprovePlanRequest* request,
                                        v1::Plan* response) override;
  grpc::ServerUnaryReactor* RejectPlan(grpc::CallbackServerContext* call,
                                       const v1::RejectPlanRequest* request,
                                       v1::Plan* response) override;
  grpc::ServerUnaryReactor* ExplainPlacement(grpc::CallbackServerContext* call,
                                             const v1::ExplainPlacementRequest* request,
                                             v1::PlacementExplanation* response) override;
  grpc::ServerUnaryReactor* SimulatePlan(grpc::CallbackServerContext* call,
                                         const v1::SimulatePlanRequest* request,
                                         v1::PlanSimulation* response) override;
  grpc::ServerUnaryReactor* ComparePlans(grpc::CallbackServerContext* call,
                                         const v1::ComparePlansRequest* request,
                                         v1::PlanDifference* response) override;

 private:
  Environment& env_;
};

}  // namespace kirikae::api
