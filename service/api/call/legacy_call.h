// Goes once every handler is a free function (see call.h).
#pragma once

#include <google/protobuf/message.h>
#include <grpcpp/grpcpp.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "kirikae/v1/types.pb.h"
#include "service/api/call/authority.h"
#include "service/api/call/environment.h"
#include "service/api/call/open_call.h"
#include "service/api/call/rpc_status.h"
#include "service/api/call/run.h"
#include "service/api/call/work_pool.h"
#include "service/api/call/write_options.h"
#include "service/app/act.h"
#include "service/app/change_feed.h"
#include "service/app/hash.h"
#include "service/app/ward.h"
#include "service/status_macros.h"
#include "service/store/store.h"

namespace kirikae::api {

inline absl::StatusOr<app::Caller> CheckCaller(const Environment& env,
                                               const grpc::CallbackServerContext& call, Rpc rpc) {
  const OpenCall open(env, rpc, call);
  RETURN_IF_ERROR(open.allowed());
  return open.caller();
}

inline absl::StatusOr<app::WriteContext> CheckWrite(const Environment& env,
                                                    const grpc::CallbackServerContext& call,
                                                    Rpc rpc, const v1::WriteOptions& options) {
  ASSIGN_OR_RETURN(const app::Caller caller, CheckCaller(env, call, rpc));
  return ReadOptions(options, caller, env.ward.now());
}

/// A read: runs `body(ReadView&)` -> absl::Status on the callback thread over one snapshot.
template <typename Body>
grpc::ServerUnaryReactor* Read(Environment& env, grpc::CallbackServerContext* call, Rpc rpc,
                               Body&& body) {
  auto* const reactor = call->DefaultReactor();
  const auto run = [&]() -> absl::Status {
    const OpenCall open(env, rpc, *call);
    RETURN_IF_ERROR(open.allowed());
    ASSIGN_OR_RETURN(const std::unique_ptr<store::ReadView> view, env.store.Read());
    return body(*view);
  };
  reactor->Finish(ToGrpcStatus(run()));
  return reactor;
}

/// A read that takes long: the same on the work pool.
template <typename Body>
grpc::ServerUnaryReactor* ReadAtLength(Environment& env, grpc::CallbackServerContext* call, Rpc rpc,
                                       Body body) {
  auto* const reactor = call->DefaultReactor();
  const absl::Status allowed = OpenCall(env, rpc, *call).allowed();
  if (!allowed.ok()) {
    reactor->Finish(ToGrpcStatus(allowed));
    return reactor;
  }
  const bool queued = env.work.Submit([&env, reactor, body = std::move(body)]() mutable {
    const auto run = [&]() -> absl::Status {
      ASSIGN_OR_RETURN(const std::unique_ptr<store::ReadView> view, env.store.Read());
      return body(*view);
    };
    reactor->Finish(ToGrpcStatus(run()));
  });
  if (!queued) reactor->Finish(ToGrpcStatus(TooMuchAtOnce()));
  return reactor;
}

/// Hands a checked write to the writer: `make(ReadView&, change_set, WriteContext, Response&) ->
/// StatusOr<Draft>` runs on its thread; the answer goes out after the sync. `after` runs once the
/// response is filled, before it goes out.
template <typename Request, typename Response, typename Make>
void SubmitWrite(Environment& env, grpc::ServerUnaryReactor* reactor,
                 const app::WriteContext& context, Rpc rpc, const Request* request,
                 Response* response, Make make, std::function<void()> after = nullptr,
                 Size size = Size::kUsual) {
  store::WriteRequest write;
  write.large = size == Size::kLarge;
  write.request_id = request->options().request_id();
  write.fingerprint = Fingerprint(context.caller, rpc, *request, write.request_id);
  write.validate_only = request->options().validate_only();
  write.now = context.now;
  write.make = [make = std::move(make), context](
                   store::ReadView& view,
                   int64_t change_set) -> absl::StatusOr<store::Draft> {
    Response answer;
    ASSIGN_OR_RETURN(store::Draft draft, make(view, change_set, context, answer));
    draft.response = answer.SerializeAsString();
    return draft;
  };
  env.store.Write(std::move(write), [reactor, response,
                                     after = std::move(after)](absl::StatusOr<std::string> answer) {
    if (!answer.ok()) {
      reactor->Finish(ToGrpcStatus(answer.status()));
      return;
    }
    if (!response->ParseFromString(*answer)) {
      reactor->Finish(ToGrpcStatus(absl::DataLossError("a kept answer can't be read")));
      return;
    }
    if (after) after();
    reactor->Finish(grpc::Status::OK);
  });
}

/// A write: checks the call, then hands it over.
template <typename Request, typename Response, typename Make>
grpc::ServerUnaryReactor* Write(Environment& env, grpc::CallbackServerContext* call, Rpc rpc,
                                const Request* request, Response* response, Make make,
                                std::function<void()> after = nullptr, Size size = Size::kUsual) {
  auto* const reactor = call->DefaultReactor();
  const absl::StatusOr<app::WriteContext> context = CheckWrite(env, *call, rpc, request->options());
  if (!context.ok()) {
    reactor->Finish(ToGrpcStatus(context.status()));
    return reactor;
  }
  SubmitWrite(env, reactor, *context, rpc, request, response, std::move(make), std::move(after),
              size);
  return reactor;
}

}  // namespace kirikae::api
