// Real handlers over a real store behind gRPC, and the gateway behind an HTTP server.
#pragma once

#include <grpcpp/grpcpp.h>

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "service/api/call/environment.h"
#include "service/app/change_feed.h"
#include "service/connect/gateway.h"
#include "service/http/server.h"
#include "service/store/store.h"
#include "tests/api/served_environment.h"
#include "tests/connect/echo_service.h"
#include "tests/support/program.h"

namespace kirikae::testing {

/// The cookie of the one session that there is.
inline constexpr char kSessionCookie[] = "__Host-session=valid";

/// Serves the echo service, and AccessService, InventoryService and RolloutService of an empty ward
/// whose administrator has the token `admin`. Thread-safe.
class GatewaySite {
 public:
  struct Settings {
    size_t message_limit = size_t{4} << 20U;
    size_t room = size_t{128} << 20U;
    /// Null = plain text.
    std::shared_ptr<http::TlsHolder> tls = nullptr;
  };

  GatewaySite() : GatewaySite(Settings{}) {}
  explicit GatewaySite(const Settings& settings);
  ~GatewaySite();

  /// `127.0.0.1:PORT` of HTTP and of gRPC.
  const std::string& address() const { return server_->address(); }
  const std::string& grpc_address() const { return grpc_address_; }
  std::shared_ptr<grpc::Channel> channel() const { return channel_; }
  const EchoCounts& counts() const { return echo_.counts(); }
  /// Calls of the gateway that have not ended.
  size_t open_calls() { return gateway_->open(); }
  /// Bytes of messages that wait until their calls take them.
  size_t held_bytes() const { return gateway_->held(); }
  /// How many wrong tokens came from an address, `ipv4:127.0.0.1`.
  int WrongTokens(const std::string& address);
  http::Server& server() { return *server_; }

 private:
  TemporaryFolder folder_;
  std::unique_ptr<store::Store> store_;
  std::mutex mutex_;
  std::map<std::string, int64_t> wrong_;
  api::Doorkeeper door_;
  api::ServedParts parts_{folder_.path()};
  app::ChangeFeed feed_;
  api::Environment env_;
  std::vector<std::unique_ptr<grpc::Service>> services_;
  EchoService echo_;
  std::unique_ptr<grpc::Server> grpc_;
  std::string grpc_address_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<connect::Gateway> gateway_;
  std::unique_ptr<http::Server> server_;
};

}  // namespace kirikae::testing
