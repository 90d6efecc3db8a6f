#include "client/cli/rollout_record.h"

#include "kirikae/v1/rollout_service.grpc.pb.h"

namespace kirikae::cli {

v1::Rollout ReadRollout(Session& session, const std::string& name) {
  const auto stub = v1::RolloutService::NewStub(session.Channel());
  v1::GetRolloutRequest request;
  request.set_name(name);
  v1::Rollout rollout;
  session.Call(
      [&](grpc::ClientContext& context) { return stub->GetRollout(&context, request, &rollout); });
  return rollout;
}

}  // namespace kirikae::cli
