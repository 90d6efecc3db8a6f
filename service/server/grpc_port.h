// The gRPC port: the handlers of the API, health and reflection.
#pragma once

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "service/api/call/environment.h"
#include "service/server/listener.h"

namespace kirikae::server {

/// All handlers of the API; defined where they are made.
struct Handlers;

/// Serves gRPC from Accept to its end. Not thread-safe, but SetHealth and ShowWrites are.
class GrpcPort {
 public:
  struct Options {
    std::string address;
    size_t connections = 0;                        ///< most at a time
    std::shared_ptr<grpc::ServerCredentials> tls;  ///< null = plain text
  };

  /// Binds the address and builds the server, which does not accept yet. FAILED_PRECONDITION
  /// (START_REFUSED) where the address can't be served. `env` must outlive it.
  static absl::StatusOr<std::unique_ptr<GrpcPort>> Bind(api::Environment& env,
                                                        const Options& options);
  ~GrpcPort();

  /// As it was bound.
  const std::string& address() const { return listener_->endpoint(); }
  /// A channel to the handlers that leaves the process at no place.
  std::shared_ptr<grpc::Channel> InProcessChannel();
  /// Begins to accept. `page` is where the page is, for browsers that come here; "" = nowhere.
  void Accept(const std::string& page);
  /// The health of the whole server and of each service; health checkers ask by name.
  void SetHealth(bool serving);
  /// The health of `kirikae.writes`: whether writes are taken.
  void ShowWrites(bool taken);
  void StopAccepting() { listener_->StopAccepting(); }
  /// Lets calls end until then, then cancels them and cuts off who is still connected a second
  /// later. Their handlers may still run: see api::CallsInFlight.
  void Shutdown(std::chrono::system_clock::time_point deadline) {
    listener_->CutAllAt(deadline + std::chrono::seconds(1));
    server_->Shutdown(deadline);
    listener_->Stop();
  }

 private:
  GrpcPort();

  bool tls_ = false;
  std::unique_ptr<Handlers> handlers_;
  std::unique_ptr<Listener> listener_;
  std::unique_ptr<grpc::experimental::ExternalConnectionAcceptor> acceptor_;
  std::unique_ptr<grpc::Server> server_;  // ends first
};

}  // namespace kirikae::server
