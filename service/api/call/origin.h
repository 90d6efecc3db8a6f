// Where a call comes from, also where the gateway in this process makes it for somebody else.
#pragma once

#include <grpcpp/grpcpp.h>

#include <string>
#include <string_view>

namespace kirikae::api {

/// The caller as the transport knows it.
struct Origin {
  std::string peer;            ///< as gRPC writes it, `ipv4:192.0.2.7:51234`
  std::string client_subject;  ///< of a verified client certificate (RFC 2253); "" = none
};

/// Says in the metadata of a call that it is made for another. `secret` is the one of this process
/// (Environment::gateway_secret).
void Introduce(grpc::ClientContext& context, std::string_view secret, const Origin& origin);

/// Where a call comes from: what Introduce said where the call has the secret, and else its own
/// peer. Nobody else can say anything here, as nobody else has the secret; with an empty secret
/// nobody can.
Origin OriginOf(const grpc::CallbackServerContext& context, std::string_view secret);

}  // namespace kirikae::api
