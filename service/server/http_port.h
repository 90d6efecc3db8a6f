// The HTTP port: the page, the Connect protocol, sign-in, health and metrics.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <grpcpp/grpcpp.h>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "service/api/call/environment.h"
#include "service/assets/assets.h"
#include "service/connect/gateway.h"
#include "service/http/server.h"
#include "service/http/tls.h"
#include "service/server/metrics.h"
#include "service/server/sign_in.h"

namespace kirikae::server {

/// Serves HTTP from Start to Stop. Start and Stop are called on one thread.
class HttpPort {
 public:
  struct Options {
    std::string address;
    std::shared_ptr<http::TlsHolder> tls;    ///< null = plain text
    std::shared_ptr<grpc::Channel> channel;  ///< to the gRPC server, in the process
    std::vector<std::string> services;       ///< full names of those that are called over HTTP
    std::string secret;                      ///< see api::Introduce
    size_t connections = 0;                  ///< most at a time
    bool metrics_for_all = false;
  };

  HttpPort(api::Environment& env, const CallLog& calls, Options options);

  /// FAILED_PRECONDITION (START_REFUSED) where the address can't be served.
  absl::Status Start();
  /// As it was bound.
  const std::string& address() const { return server_->address(); }
  /// `/readyz` says so from now on.
  void Drain() { draining_ = true; }
  void Stop(std::chrono::milliseconds patience) { server_->Stop(patience); }

 private:
  std::shared_ptr<http::Handler> Begin(const http::Request& request,
                                       std::shared_ptr<http::Exchange> exchange);
  // Whether a caller's token, session or certificate is in force.
  bool IsKnown(const http::Request& request) const;
  std::map<std::string, double> Gauges() const;
  void AnswerReady(http::Exchange& exchange) const;
  std::shared_ptr<http::Handler> AnswerMetrics(const http::Request& request,
                                               const std::shared_ptr<http::Exchange>& exchange);

  api::Environment& env_;
  const Options options_;
  const Metrics metrics_;
  const assets::Assets assets_;
  SignIn sign_in_;
  connect::Gateway gateway_;
  std::atomic<bool> draining_ = false;
  std::unique_ptr<http::Server> server_;  // ends first
};

}  // namespace kirikae::server
