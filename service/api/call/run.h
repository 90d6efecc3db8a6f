// Runs handlers (see call.h): begins and ends every call, chooses its thread, and sends its result.
#pragma once

#include <grpcpp/alarm.h>
#include <grpcpp/grpcpp.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "service/api/call/call.h"
#include "service/api/call/limits.h"
#include "service/api/call/open_call.h"
#include "service/api/call/page_bytes.h"
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

/// How long a read may take on the transport's thread before it goes on in a pool.
inline constexpr std::chrono::milliseconds kShortRead(200);

/// Runs `body(const Call&)` over a fresh snapshot, which gives up once `stop` says so.
template <typename Body>
auto WithSnapshot(Environment& env, const app::Caller& caller, const store::StopWhen& stop,
                  Body&& body) -> std::invoke_result_t<Body, const Call&> {
  ASSIGN_OR_RETURN(const std::unique_ptr<store::ReadView> view, env.store.Read(stop));
  return body(Call{env, caller, *view, env.ward.now(), stop});
}

/// Whether nobody waits for a call any more: its caller has left, or the service stops. To be asked
/// before the call is finished.
inline store::StopWhen AbandonedBy(const Environment& env,
                                   const grpc::CallbackServerContext& context) {
  return [&env, &context] { return context.IsCancelled() || env.work.stopping(); };
}

/// The status of work that was given up because of AbandonedBy; `status` where it was not.
inline absl::Status UnlessAbandoned(absl::Status status, const Environment& env,
                                    const grpc::CallbackServerContext& context) {
  if (status.ok()) return status;
  if (context.IsCancelled()) return absl::CancelledError("the caller went away");
  return env.work.stopping() ? Stopping() : status;
}

/// What a read asks for, for the log of reads: a record, a list, a filter, or words to look up.
template <typename Request>
std::string_view AskedOf(const Request& request) {
  if constexpr (requires { std::string_view(request.query()); }) {
    return request.query();
  } else if constexpr (requires { std::string_view(request.name()); }) {
    return request.name();
  } else if constexpr (requires { std::string_view(request.parent()); }) {
    return request.parent();
  } else if constexpr (requires { std::string_view(request.filter()); }) {
    return request.filter();
  } else {
    return {};
  }
}

/// Ends a call that is not allowed; a wrong token's answer is held back.
template <typename Reactor>
void Refuse(Reactor* reactor, const OpenCall& open) {
  const grpc::Status status = open.End(open.allowed());
  if (open.delay() == absl::ZeroDuration()) {
    reactor->Finish(status);
    return;
  }
  // The alarm keeps the function that it runs, and the function keeps the alarm until it has run.
  const auto alarm = std::make_shared<std::unique_ptr<grpc::Alarm>>();
  *alarm = std::make_unique<grpc::Alarm>();
  (*alarm)->Set(std::chrono::system_clock::now() + absl::ToChronoMilliseconds(open.delay()),
                [alarm, reactor, status](bool) {
                  reactor->Finish(status);
                  alarm->reset();
                });
}

/// Ends a call whose answer may be large: it counts as on its way until the caller has taken it.
/// Deletes itself.
class LargeAnswer final : public grpc::ServerUnaryReactor {
 public:
  LargeAnswer(AnswerRoom& room, int64_t token) : room_(room), token_(token) {}

  /// Finishes the call, without the answer where there is no room for it.
  template <typename Response>
  void End(const OpenCall& open, absl::Status status, Response* response) {
    if (status.ok()) {
      bytes_ = response->SpaceUsedLong();
      status = room_.Enter(token_, bytes_);
      if (!status.ok()) bytes_ = 0;
    }
    if (!status.ok()) {
      // Clearing would keep the memory of the rows.
      Response nothing;
      response->Swap(&nothing);
    }
    Finish(open.End(status));
  }
  void OnDone() override {
    if (bytes_ > 0) room_.Leave(token_, bytes_);
    delete this;
  }

 private:
  AnswerRoom& room_;
  const int64_t token_;
  size_t bytes_ = 0;  ///< on their way
};

/// Runs a read in a pool; `end(status)` finishes its call.
template <typename Request, typename Response, typename Handler, typename End>
void QueueRead(Environment& env, WorkPool& pool, const OpenCall& open,
               grpc::CallbackServerContext* context, const Request* request, Response* response,
               Handler handler, End end) {
  const absl::Status queued = pool.Submit(
      open.caller().token,
      [&env, open, context, request, response, handler, end]() -> WorkPool::Rest {
        const store::StopWhen stop = AbandonedBy(env, *context);
        absl::Status status = absl::CancelledError();
        if (!stop()) {
          status = WithSnapshot(env, open.caller(), stop, [&](const Call& call) {
            return RunWithinBytes(handler, call, *request, response);
          });
        }
        return [end, status = UnlessAbandoned(std::move(status), env, *context)] { end(status); };
      });
  if (!queued.ok()) end(queued);
}

/// A read. Its handler is a ReadHandler or what can be called like one; it may run twice for one
/// call: it begins on the transport's thread, and where it has taken kShortRead it is given up and
/// runs anew in the pool of reads, so that it holds up nobody else.
template <typename Request, typename Response, typename Handler>
grpc::ServerUnaryReactor* Read(Environment& env, Rpc rpc, grpc::CallbackServerContext* context,
                               const Request* request, Response* response, Handler handler) {
  auto* const reactor = context->DefaultReactor();
  OpenCall open(env, rpc, *context);
  open.set_asked(AskedOf(*request));
  if (!open.allowed().ok()) {
    Refuse(reactor, open);
    return reactor;
  }
  if (context->IsCancelled()) {
    reactor->Finish(open.End(absl::CancelledError("the caller went away")));
    return reactor;
  }
  const auto end = std::chrono::steady_clock::now() + kShortRead;
  bool is_over = false;
  const store::StopWhen stop = [&] {
    is_over = is_over || context->IsCancelled() || std::chrono::steady_clock::now() >= end;
    return is_over;
  };
  const absl::Status status = WithSnapshot(env, open.caller(), stop, [&](const Call& call) {
    return RunWithinBytes(handler, call, *request, response);
  });
  if (is_over && !status.ok()) {
    response->Clear();
    QueueRead(env, env.work.reads, open, context, request, response, std::move(handler),
              [open, reactor](const absl::Status& ended) { reactor->Finish(open.End(ended)); });
  } else {
    reactor->Finish(open.End(status));
  }
  return reactor;
}

/// A read that takes long, in one of the pools.
template <WorkPool WorkPools::*pool, typename Request, typename Response, typename Handler>
grpc::ServerUnaryReactor* ReadIn(Environment& env, Rpc rpc, grpc::CallbackServerContext* context,
                                 const Request* request, Response* response, Handler handler) {
  OpenCall open(env, rpc, *context);
  open.set_asked(AskedOf(*request));
  if (!open.allowed().ok()) {
    auto* const reactor = context->DefaultReactor();
    Refuse(reactor, open);
    return reactor;
  }
  auto* const answer = new LargeAnswer(env.answers, open.caller().token);
  QueueRead(
      env, env.work.*pool, open, context, request, response, std::move(handler),
      [open, answer, response](const absl::Status& ended) { answer->End(open, ended, response); });
  return answer;
}

template <typename Request, typename Response, typename Handler>
grpc::ServerUnaryReactor* ReadAtLength(Environment& env, Rpc rpc,
                                       grpc::CallbackServerContext* context, const Request* request,
                                       Response* response, Handler handler) {
  return ReadIn<&WorkPools::reads>(env, rpc, context, request, response, std::move(handler));
}
template <typename Request, typename Response, typename Handler>
grpc::ServerUnaryReactor* ReadAsPlan(Environment& env, Rpc rpc,
                                     grpc::CallbackServerContext* context, const Request* request,
                                     Response* response, Handler handler) {
  return ReadIn<&WorkPools::plans>(env, rpc, context, request, response, std::move(handler));
}
template <typename Request, typename Response, typename Handler>
grpc::ServerUnaryReactor* ReadAsFile(Environment& env, Rpc rpc,
                                     grpc::CallbackServerContext* context, const Request* request,
                                     Response* response, Handler handler) {
  return ReadIn<&WorkPools::files>(env, rpc, context, request, response, std::move(handler));
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

/// Who writes, why and when, for a call that is allowed; an error where it says so wrongly.
template <typename Request>
absl::StatusOr<app::WriteContext> CheckWrite(const Environment& env, OpenCall& open,
                                             const Request& request) {
  ASSIGN_OR_RETURN(app::WriteContext options,
                   ReadOptions(request.options(), open.caller(), env.ward.now(), env.ward.zone));
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
  if (!open.allowed().ok()) {
    Refuse(reactor, open);
    return reactor;
  }
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

/// A write that is prepared in a pool: `prepare(const Preparation&, const Request&)` ->
/// StatusOr<Prepared> runs there and opens the snapshots that it needs, so that none stays open
/// while it works at length; then `handler` runs on the writer's thread. A failure of `prepare`
/// goes through the writer too: the repeat of a request that was done gets its kept answer,
/// whatever preparing it comes to now. Where nobody waits any more, nothing is written.
template <typename Request, typename Response, typename Prepared>
grpc::ServerUnaryReactor* WriteAtLength(
    Environment& env, WorkPool& pool, Rpc rpc, grpc::CallbackServerContext* context,
    const Request* request, Response* response,
    absl::StatusOr<Prepared> (*prepare)(const Preparation&, const Request&),
    absl::StatusOr<store::Draft> (*handler)(const WriteCall&, const Request&, const Prepared&,
                                            Response*),
    Size size = Size::kUsual) {
  auto* const reactor = context->DefaultReactor();
  OpenCall open(env, rpc, *context);
  if (!open.allowed().ok()) {
    Refuse(reactor, open);
    return reactor;
  }
  absl::StatusOr<app::WriteContext> options = CheckWrite(env, open, *request);
  if (!options.ok()) {
    reactor->Finish(open.End(options.status()));
    return reactor;
  }
  const absl::Status queued = pool.Submit(
      open.caller().token,
      [&env, open, options = *std::move(options), context, reactor, request, response, prepare,
       handler, size]() -> WorkPool::Rest {
        const store::StopWhen stop = AbandonedBy(env, *context);
        absl::StatusOr<Prepared> made = absl::CancelledError();
        if (!stop()) made = prepare(Preparation{env, stop}, *request);
        if (stop()) {
          return [&env, open, context, reactor] {
            reactor->Finish(open.End(UnlessAbandoned(absl::CancelledError(), env, *context)));
          };
        }
        // Shared by the copies of the function that the writer runs.
        const auto prepared = std::make_shared<const absl::StatusOr<Prepared>>(std::move(made));
        return [&env, open, options, reactor, request, response, handler, size, prepared] {
          Submit(
              env, open, options, reactor, request, response,
              [handler, request, prepared](const WriteCall& call,
                                           Response* answer) -> absl::StatusOr<store::Draft> {
                RETURN_IF_ERROR(prepared->status());
                return handler(call, *request, **prepared, answer);
              },
              size, AfterWrite<Request, Response>());
        };
      });
  if (!queued.ok()) reactor->Finish(open.End(queued));
  return reactor;
}

/// A write that may change very many records.
template <typename Request, typename Response>
grpc::ServerUnaryReactor* WriteLarge(Environment& env, Rpc rpc,
                                     grpc::CallbackServerContext* context, const Request* request,
                                     Response* response, WriteHandler<Request, Response> handler) {
  return Write(env, rpc, context, request, response, handler, Size::kLarge);
}

/// Makes an answer in the pool of files, then sends it part by part. Deletes itself when the call
/// is done.
template <typename Request, typename Response>
class PartsReactor final : public grpc::ServerWriteReactor<Response> {
 public:
  PartsReactor(Environment& env, OpenCall open, grpc::CallbackServerContext* context,
               const Request* request, PartsHandler<Request, Response> handler)
      : env_(env), context_(context), open_(std::move(open)) {
    if (!open_.allowed().ok()) {
      Refuse(this, open_);
      return;
    }
    auto ticket = open_.EnterStream(StreamKind::kDownload, [context] { context->TryCancel(); });
    if (!ticket.ok()) {
      End(ticket.status());
      return;
    }
    ticket_ = *std::move(ticket);
    const absl::Status queued = env.work.files.Submit(
        open_.caller().token, [this, request, handler] { return Make(*request, handler); });
    if (!queued.ok()) End(queued);
  }

  void OnWriteDone(bool ok) override {
    ticket_->Moved();
    if (ok) {
      SendNext();
    } else {
      End(absl::CancelledError());
    }
  }
  void OnDone() override { delete this; }

 private:
  WorkPool::Rest Make(const Request& request, PartsHandler<Request, Response> handler) {
    const store::StopWhen stop = AbandonedBy(env_, *context_);
    absl::StatusOr<Parts<Response>> parts = absl::CancelledError();
    if (!stop()) {
      parts = WithSnapshot(env_, open_.caller(), stop,
                           [&](const Call& call) { return handler(call, request); });
    }
    if (!parts.ok()) {
      return [this, status = UnlessAbandoned(parts.status(), env_, *context_)] { End(status); };
    }
    parts_ = *std::move(parts);
    return [this] { SendNext(); };
  }
  void SendNext() {
    part_.Clear();
    const absl::StatusOr<bool> more = parts_(part_);
    if (!more.ok()) {
      End(more.status());
    } else if (*more) {
      ticket_->Waits();
      this->StartWrite(&part_);
    } else {
      End(absl::OkStatus());
    }
  }
  // Leaves the open streams first: who has the answer may open the next one at once.
  void End(const absl::Status& status) {
    ticket_ = nullptr;
    this->Finish(open_.End(status));
  }

  Environment& env_;
  grpc::CallbackServerContext* const context_;
  const OpenCall open_;
  std::unique_ptr<OpenStreams::Ticket> ticket_;
  Parts<Response> parts_;
  Response part_;
};

/// A read that answers in parts.
template <typename Request, typename Response>
grpc::ServerWriteReactor<Response>* SendParts(Environment& env, Rpc rpc,
                                              grpc::CallbackServerContext* context,
                                              const Request* request,
                                              PartsHandler<Request, Response> handler) {
  OpenCall open(env, rpc, *context);
  open.set_asked(AskedOf(*request));
  return new PartsReactor<Request, Response>(env, std::move(open), context, request, handler);
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
