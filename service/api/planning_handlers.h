// Handlers of PlanningService that have files of their own; contracts in its proto.
#pragma once

#include <grpcpp/grpcpp.h>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "kirikae/v1/planning_service.pb.h"
#include "service/api/call/call.h"

namespace kirikae::api {

absl::Status SolvePlan(const Call& call, const v1::SolvePlanRequest& request,
                       v1::PlanSolution* response);

/// A reactor that takes SolvePlanRequests that are not parsed yet and answers PlanSolutions. It
/// deletes itself when the call is done. `env` and `context` must outlive it.
grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* NewSolvePlanInParts(
    Environment& env, grpc::CallbackServerContext& context);

absl::Status ExplainPlacement(const Call& call, const v1::ExplainPlacementRequest& request,
                              v1::PlacementExplanation* response);
absl::Status SimulatePlan(const Call& call, const v1::SimulatePlanRequest& request,
                          v1::PlanSimulation* response);
absl::Status ComparePlans(const Call& call, const v1::ComparePlansRequest& request,
                          v1::PlanDifference* response);

absl::StatusOr<Parts<v1::GetPlanDocumentResponse>> GetPlanDocument(
    const Call& call, const v1::GetPlanDocumentRequest& request);

}  // namespace kirikae::api
