// The beginning and end of a call, the same for every RPC.
#pragma once

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "service/api/call/environment.h"
#include "service/api/call/role_table.h"
#include "service/app/act.h"

namespace kirikae::api {

/// A call from the check of its caller to its end. Copies are the same call: End() is called once,
/// on one of them. Not thread-safe. `env` must outlive it.
class OpenCall {
 public:
  /// Checks the caller and whether the role may call the RPC; see allowed().
  OpenCall(const Environment& env, Rpc rpc, const grpc::CallbackServerContext& context);

  /// OK, or UNAUTHENTICATED or PERMISSION_DENIED: then the call ends with this status.
  const absl::Status& allowed() const { return allowed_; }
  const app::Caller& caller() const { return caller_; }
  /// A ticket for the stream that the call is; see OpenStreams::Enter. UNAUTHENTICATED where the
  /// caller's token was revoked, or its session ended, since the call was allowed.
  absl::StatusOr<std::unique_ptr<OpenStreams::Ticket>> EnterStream(
      StreamKind kind, std::function<void()> cancel) const;
  Rpc rpc() const { return rpc_; }
  /// How long the refusal of a wrong token is to be held back.
  absl::Duration delay() const { return delay_; }
  void set_request_id(std::string request_id) { request_id_ = std::move(request_id); }

  /// What a read asks for. The text stays until End().
  void set_asked(std::string_view asked) { asked_ = asked; }

  /// Tells the observer that the call has ended. Returns the status in the transport's form.
  grpc::Status End(const absl::Status& status) const;

 private:
  CallsInFlight::Mark mark_;  // goes last
  const Environment* env_;
  Rpc rpc_;
  std::chrono::steady_clock::time_point begin_;
  app::Caller caller_;
  absl::Status allowed_;
  absl::Duration delay_;
  std::string request_id_;
  std::string_view asked_;
};

}  // namespace kirikae::api
