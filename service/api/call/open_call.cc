#include "service/api/call/open_call.h"

#include <string>
#include <string_view>
#include <utility>

#include "service/api/call/origin.h"
#include "service/api/call/rpc_status.h"
#include "service/domain/errors.h"
#include "service/status_macros.h"

namespace kirikae::api {
OpenCall::OpenCall(const Environment& env, Rpc rpc, const grpc::CallbackServerContext& context)
    : mark_(env.in_flight), env_(&env), rpc_(rpc), begin_(std::chrono::steady_clock::now()) {
  const auto& metadata = context.client_metadata();
  const auto header = metadata.find("authorization");
  const std::string_view given =
      header == metadata.end() ? std::string_view()
                               : std::string_view(header->second.data(), header->second.size());
  const std::string certificate =
      given.empty() ? OriginOf(context, env.gateway_secret).client_subject : std::string();
  absl::StatusOr<app::Caller> caller =
      env.authority.Check({given, certificate}, rpc.row(), env.ward.now());
  allowed_ = caller.status();
  if (caller.ok()) caller_ = *std::move(caller);
  if (absl::IsUnauthenticated(allowed_) && !given.empty()) {
    delay_ = env.door.Wrong(OriginOf(context, env.gateway_secret).peer, env.ward.now());
  }
}

absl::StatusOr<std::unique_ptr<OpenStreams::Ticket>> OpenCall::EnterStream(
    StreamKind kind, std::function<void()> cancel) const {
  const StreamOwner owner = {.token = caller_.token,
                             .session = caller_.session,
                             .left = caller_.expire_time - env_->ward.now()};
  ASSIGN_OR_RETURN(auto ticket, env_->streams.Enter(kind, owner, std::move(cancel)));
  // A token that was revoked after the check had no stream yet that could be ended.
  if (!env_->authority.StillKnows(caller_)) return domain::Unauthenticated();
  return ticket;
}

grpc::Status OpenCall::End(const absl::Status& status) const {
  if (env_->on_end) {
    env_->on_end({.rpc = rpc_.name(),
                  .code = status.code(),
                  .taken = absl::FromChrono(std::chrono::steady_clock::now() - begin_),
                  .request_id = request_id_,
                  .token = caller_.token,
                  .actor = caller_.actor,
                  .asked = asked_});
  }
  return ToGrpcStatus(status);
}

}  // namespace kirikae::api
