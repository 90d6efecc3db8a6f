// The Connect protocol (https://connectrpc.com/docs/protocol) for the RPCs of a gRPC server in the
// same process.
#pragma once

#include <google/protobuf/descriptor.h>
#include <grpcpp/grpcpp.h>

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "service/connect/call.h"
#include "service/http/exchange.h"

namespace kirikae::connect {

struct Options {
  /// Full names of the services that are served; one whose messages the program does not link is
  /// left out.
  std::vector<std::string> services;
  /// The most bytes of a message, as sent and once decompressed.
  size_t message_limit = size_t{4} << 20U;
  /// Whether the service knows who calls. Others send small messages only, so that what nobody may
  /// call costs little. Not set = everybody is known. Thread-safe.
  std::function<bool(const http::Request&)> is_known;
  /// Whether an RPC, given by its path, is for everybody, so that also who is not known is told
  /// what is wrong with a message. Not set = none is. Thread-safe.
  std::function<bool(std::string_view path)> is_open;
  /// The most bytes of a message of who is not known.
  size_t strangers_limit = size_t{16} << 10U;
  /// The most bytes that all requests together may hold before their calls have taken them.
  size_t room = size_t{128} << 20U;
  /// Tells the service who calls: adds metadata that begins with `kirikae-`, which no caller can
  /// send through the gateway. Not set = nothing. Thread-safe.
  std::function<void(const http::Request&, grpc::ClientContext&)> introduce;
  /// The `authorization` of the session that a request carries, such as by a cookie; nothing
  /// without a session. Asked only where the request has no `authorization` of its own. Not set =
  /// there are no sessions. Thread-safe.
  std::function<std::optional<std::string>(const http::Request&)> credentials;
};

/// Turns requests of HTTP into calls of the server behind the channel, which checks them like all
/// others. Thread-safe.
class Gateway {
 public:
  Gateway(std::shared_ptr<grpc::Channel> channel, Options options);
  /// Returns once every call has ended: the HTTP server is to be stopped before.
  ~Gateway();
  Gateway(const Gateway&) = delete;
  Gateway& operator=(const Gateway&) = delete;

  /// Whether it is the path of an RPC, `/kirikae.v1.AccessService/WhoAmI`.
  bool Knows(std::string_view path) const;
  /// Begins the answer to a request; see http::Serve. The gateway bounds bodies itself, so the HTTP
  /// server is to bound none whose path it knows.
  std::shared_ptr<http::Handler> Begin(const http::Request& request,
                                       std::shared_ptr<http::Exchange> exchange);
  /// How many calls are open.
  size_t open() { return shared_.calls.open(); }
  /// How many bytes of messages wait until their calls take them; see Options::room.
  size_t held() const { return shared_.room.held(); }

 private:
  // Reads what the head says; fills in the call's deadline and metadata.
  absl::Status ReadHead(const http::Request& request, CallHead& head,
                        grpc::ClientContext& context) const;
  absl::Status AddMetadata(const http::Request& request, grpc::ClientContext& context) const;

  const Options options_;
  absl::flat_hash_map<std::string, const google::protobuf::MethodDescriptor*> methods_;  // by path
  Shared shared_;
};

}  // namespace kirikae::connect
