// The addresses that a server listens on, and those of its clients.
#pragma once

#include <sys/socket.h>

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "service/http/descriptor.h"

namespace kirikae::http {

/// A socket that accepts connections.
struct Listening {
  Descriptor socket;  ///< does not block
  std::string bound;  ///< the address with the port's number
  std::string path;   ///< of a Unix socket, to be removed at the end; "" = another kind
};

/// Listens on `HOST:PORT`, `[ADDRESS]:PORT` or `unix:PATH`; port 0 takes a free one.
/// FAILED_PRECONDITION (START_REFUSED) for an address that can't be served.
absl::StatusOr<Listening> ListenOn(const std::string& address);

/// Who is at the other end of a connection.
struct Peer {
  std::string
      name;  ///< in gRPC's form: `ipv4:192.0.2.7:51234`, `ipv6:%5B2001:db8::7%5D:51234`, `unix:`
  std::string host;   ///< `192.0.2.7`, `2001:db8::7`, `unix`
  std::string group;  ///< what is counted as one: the host, or the network of 64 bits of IPv6
};

Peer PeerOf(const sockaddr_storage& address);

/// Whether a Peer's host is this machine: a loopback address or a Unix socket.
bool IsLocalHost(std::string_view host);

}  // namespace kirikae::http
