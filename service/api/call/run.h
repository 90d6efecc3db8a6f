// Runs handlers (see call.h): begins and ends every call, chooses its thread, and sends its result.
#pragma once

#include <grpcpp/grpcpp.h>

#include <functional>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "service/api/call/call.h"
#include "service/api/call/open_call.h"
#include "service/api/call/write_options.h"
#include "service/status_macros.h"
#include "service/store/store.h"

namespace kirikae::api {

template <typename Request, typename Response>
using ReadHandler = absl::Status (*)(const Call& call, const Request& request, Response* response);
template <typename Request, typename Response>
using WriteHandler = absl::StatusOr<store::Draft> (*)(const WriteCall& call, const Request& request,
                                                      Response* response);
template <typename Request, typename Response>
using PartsHandler = absl::StatusOr<Parts<Response>> (*)(const Call& call, const Request& request);

/// The messages of a handler.
template <typename Handler>
struct Messages;
template <typename Req, typename Res>
struct Messages<ReadHandler<Req, Res>> {
  using Request = Req;
  using Response = Res;
};
template <typename Req, typename Res>
struct Messages<WriteHandler<Req, Res>> {
  using Request = Req;
  using Response = Res;
};
template <typename Req, typename Res>
struct Messages<PartsHandler<Req, Res>> {
  using Request = Req;
  using Response = Res;
};

/// Runs `body(const Call&)` over a fresh snapshot.
template <typename Body>
auto WithSnapshot(Environment& env, const app::Caller& caller, Body&& body)
    -> std::invoke_result_t<Body, const Call&> {
  ASSIGN_OR_RETURN(const std::unique_ptr<store::ReadView> view, env.store.Read());
  return body(Call{env, caller, *view, env.ward.now()});
}

/// A read on the transport's thread, for reads of a few milliseconds. The handler is a ReadHandler
/// or any callable with its signature.
template <typename Request, typename Response, typename Handler>
grpc::ServerUnaryReactor* Read(Environment& env, Rpc rpc, grpc::CallbackServerContext* context,
                               const Request* request, Response* response, Handler handler) {
  auto* const reactor = context->DefaultReactor();
  const OpenCall open(env, rpc, *context);
  absl::Status status = open.allowed();
  if (status.ok()) {
    status = WithSnapshot(env, open.caller(),
                          [&](const Call& call) { return handler(call, *request, response); });
  }
  reactor->Finish(open.End(status));
  return reactor;
}

/// A read that may take long, on the work pool.
template <typename Request, typename Response, typename Handler>
grpc::ServerUnaryReactor* ReadAtLength(Environment& env, Rpc rpc,
                                       grpc::CallbackServerContext* context, const Request* request,
                                       Response* response, Handler handler) {
  auto* const reactor = context->DefaultReactor();
  const OpenCall open(env, rpc, *context);
  if (!open.allowed().ok()) {
    reactor->Finish(open.End(open.allowed()));
    return reactor;
  }
  const bool queued = env.work.Submit([&env, open, reactor, request, response, handler] {
    const absl::Status status = WithSnapshot(
        env, open.caller(), [&](const Call& call) { return handler(call, *request, response); });
    reactor->Finish(open.End(status));
  });
  if (!queued) reactor->Finish(open.End(TooMuchAtOnce()));
  return reactor;
}

/// Whether a write may change very many records; a large write is committed alone.
enum class Size { kUsual, kLarge };

/// Runs once on the writer's thread after the commit, before the answer is sent; it may change the
/// answer. Also runs after a replay and after a write that only validates. The call ends with its
/// status.
template <typename Request, typename Response>
using AfterWrite =
    std::function<absl::Status(Environment& env, const Request& request, Response* response)>;

/// Queues a write: `make(const WriteCall&, Response* answer)` -> StatusOr<Draft> runs on the
/// writer's thread; the answer is sent after the sync.
template <typename Request, typename Response, typename Make>
void Submit(Environment& env, OpenCall open, app::WriteContext options,
            grpc::ServerUnaryReactor* reactor, const Request* request, Response* response,
            Make make, Size size, AfterWrite<Request, Response> after) {
  store::WriteRequest write;
  write.large = size == Size::kLarge;
  write.request_id = request->options().request_id();
  write.fingerprint = Fingerprint(open.caller(), open.rpc(), *request, write.request_id);
  write.validate_only = request->options().validate_only();
  write.now = options.now;
  write.make = [&env, make = std::move(make), options = std::move(options)](
                   store::ReadView& view, int64_t change_set) -> absl::StatusOr<store::Draft> {
    Response answer;
    ASSIGN_OR_RETURN(store::Draft draft, make(WriteCall{env, options, view, change_set}, &answer));
    draft.response = answer.SerializeAsString();
    return draft;
  };
  env.store.Write(std::move(write),
                  [&env, open = std::move(open), reactor, request, response,
                   after = std::move(after)](const absl::StatusOr<std::string>& answer) {
                    absl::Status status = answer.status();
                    if (status.ok() && !response->ParseFromString(*answer)) {
                      status = absl::DataLossError("a kept answer can't be read");
                    }
                    if (status.ok() && after) status = after(env, *request, response);
                    reactor->Finish(open.End(status));
                  });
}

/// The caller, reason and times of a write; or the status that the call ends with when the caller
/// may not write or the options are faulty.
template <typename Request>
absl::StatusOr<app::WriteContext> CheckWrite(const Environment& env, OpenCall& open,
                                             const Request& request) {
  RETURN_IF_ERROR(open.allowed());
  ASSIGN_OR_RETURN(app::WriteContext options,
                   ReadOptions(request.options(), open.caller(), env.ward.now()));
  open.set_request_id(request.options().request_id());
  return options;
}

/// A write. Its handler (a WriteHandler or any callable with its signature) runs on the writer's
/// thread.
template <typename Request, typename Response, typename Handler>
grpc::ServerUnaryReactor* Write(
    Environment& env, Rpc rpc, grpc::CallbackServerContext* context, const Request* request,
    Response* response, Handler handler, Size size = Size::kUsual,
    std::type_identity_t<AfterWrite<Request, Response>> after = nullptr) {
  auto* const reactor = context->DefaultReactor();
  OpenCall open(env, rpc, *context);
  absl::StatusOr<app::WriteContext> options = CheckWrite(env, open, *request);
  if (!options.ok()) {
    reactor->Finish(open.End(options.status()));
    return reactor;
  }
  Submit(
      env, std::move(open), *std::move(options), reactor, request, response,
      [handler = std::move(handler), request](const WriteCall& call, Response* answer) {
        return handler(call, *request, answer);
      },
      size, std::move(after));
  return reactor;
}

/// A write that is prepared on the work pool. `prepare(Environment&, const Request&)` ->
/// StatusOr<Prepared> runs there and opens its own snapshots, so that none stays open during long
/// work. Then `handler` runs on the writer's thread. A failure of `prepare` goes through the writer
/// as well: a repeat of a request that succeeded gets its kept answer, whatever its preparation
/// returns now.
template <typename Request, typename Response, typename Prepared>
grpc::ServerUnaryReactor* WriteAtLength(
    Environment& env, Rpc rpc, grpc::CallbackServerContext* context, const Request* request,
    Response* response, absl::StatusOr<Prepared> (*prepare)(Environment&, const Request&),
    absl::StatusOr<store::Draft> (*handler)(const WriteCall&, const Request&, const Prepared&,
                                            Response*)) {
  auto* const reactor = context->DefaultReactor();
  OpenCall open(env, rpc, *context);
  absl::StatusOr<app::WriteContext> options = CheckWrite(env, open, *request);
  if (!options.ok()) {
    reactor->Finish(open.End(options.status()));
    return reactor;
  }
  const bool queued = env.work.Submit(
      [&env, open, options = *std::move(options), reactor, request, response, prepare, handler] {
        Submit(
            env, open, options, reactor, request, response,
            [handler, request, prepared = prepare(env, *request)](
                const WriteCall& call, Response* answer) -> absl::StatusOr<store::Draft> {
              RETURN_IF_ERROR(prepared.status());
              return handler(call, *request, *prepared, answer);
            },
            Size::kUsual, AfterWrite<Request, Response>());
      });
  if (!queued) reactor->Finish(open.End(TooMuchAtOnce()));
  return reactor;
}

/// A write that may change very many records.
template <typename Request, typename Response>
grpc::ServerUnaryReactor* WriteLarge(Environment& env, Rpc rpc,
                                     grpc::CallbackServerContext* context, const Request* request,
                                     Response* response, WriteHandler<Request, Response> handler) {
  return Write(env, rpc, context, request, response, handler, Size::kLarge);
}

/// Makes an answer on the work pool, then sends it part by part. Deletes itself when the call ends.
template <typename Request, typename Response>
class PartsReactor final : public grpc::ServerWriteReactor<Response> {
 public:
  PartsReactor(Environment& env, OpenCall open, const Request* request,
               PartsHandler<Request, Response> handler)
      : open_(std::move(open)) {
    if (!open_.allowed().ok()) {
      End(open_.allowed());
      return;
    }
    const bool queued = env.work.Submit([this, &env, request, handler] {
      absl::StatusOr<Parts<Response>> parts = WithSnapshot(
          env, open_.caller(), [&](const Call& call) { return handler(call, *request); });
      if (!parts.ok()) {
        End(parts.status());
        return;
      }
      parts_ = *std::move(parts);
      SendNext();
    });
    if (!queued) End(TooMuchAtOnce());
  }

  void OnWriteDone(bool ok) override {
    if (ok) {
      SendNext();
    } else {
      End(absl::CancelledError());
    }
  }
  void OnDone() override { delete this; }

 private:
  void SendNext() {
    part_.Clear();
    if (parts_(part_)) {
      this->StartWrite(&part_);
    } else {
      End(absl::OkStatus());
    }
  }
  void End(const absl::Status& status) { this->Finish(open_.End(status)); }

  const OpenCall open_;
  Parts<Response> parts_;
  Response part_;
};

/// A read that answers in parts.
template <typename Request, typename Response>
grpc::ServerWriteReactor<Response>* SendParts(Environment& env, Rpc rpc,
                                              grpc::CallbackServerContext* context,
                                              const Request* request,
                                              PartsHandler<Request, Response> handler) {
  return new PartsReactor<Request, Response>(env, OpenCall(env, rpc, *context), request, handler);
}

}  // namespace kirikae::api

/// In a class that derives from v1::SERVICE::CallbackService and has `Environment& env_`: overrides
/// METHOD, which runs the handler of that name by `run` (Read, ReadAtLength, Write, WriteLarge).
/// The RPC must have a row in the role table.
#define KIRIKAE_UNARY(SERVICE, METHOD, run)                                                       \
  grpc::ServerUnaryReactor* METHOD(                                                               \
      grpc::CallbackServerContext* context,                                                       \
      const ::kirikae::api::Messages<decltype(&::kirikae::api::METHOD)>::Request* request,        \
      ::kirikae::api::Messages<decltype(&::kirikae::api::METHOD)>::Response* response) override { \
    return run(env_, ::kirikae::api::Rpc(#SERVICE "/" #METHOD), context, request, response,       \
               &::kirikae::api::METHOD);                                                          \
  }

/// The same for a handler that answers in parts.
#define KIRIKAE_PARTS(SERVICE, METHOD)                                                             \
  grpc::ServerWriteReactor<::kirikae::api::Messages<decltype(&::kirikae::api::METHOD)>::Response>* \
  METHOD(grpc::CallbackServerContext* context,                                                     \
         const ::kirikae::api::Messages<decltype(&::kirikae::api::METHOD)>::Request* request)      \
      override {                                                                                   \
    return ::kirikae::api::SendParts(env_, ::kirikae::api::Rpc(#SERVICE "/" #METHOD), context,     \
                                     request, &::kirikae::api::METHOD);                            \
  }
