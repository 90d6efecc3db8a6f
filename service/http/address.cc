#include "service/http/address.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <utility>

#include "absl/strings/numbers.h"
#include "service/absl_view.h"
#include "service/http/refused.h"

namespace kirikae::http {
namespace {

using domain::Sentence;

constexpr std::string_view kUnix = "unix:";
constexpr int kBacklog = 512;
constexpr size_t kNetworkBytes = 8;  // of an IPv6 address: the network
constexpr size_t kMappedBytes = 12;  // of an IPv4 address within IPv6: what stands before it

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t length = 0;

  sockaddr* get() { return reinterpret_cast<sockaddr*>(&storage); }
};

std::optional<SocketAddress> UnixAddress(const std::string& path) {
  SocketAddress address;
  auto* const own = reinterpret_cast<sockaddr_un*>(&address.storage);
  if (path.empty() || path.size() >= sizeof(own->sun_path)) return std::nullopt;
  own->sun_family = AF_UNIX;
  std::memcpy(own->sun_path, path.c_str(), path.size() + 1);
  address.length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size() + 1);
  return address;
}

// getaddrinfo() takes 70000 for 4464.
bool IsPort(std::string_view text) {
  constexpr uint32_t kMost = 65'535;
  uint32_t port = 0;
  return absl::SimpleAtoi(AbslView(text), &port) && port <= kMost;
}

std::optional<SocketAddress> NetworkAddress(const std::string& host_and_port) {
  const size_t colon = host_and_port.rfind(':');
  if (colon == std::string::npos || !IsPort(host_and_port.substr(colon + 1))) return std::nullopt;
  std::string host = host_and_port.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  if (host.empty()) return std::nullopt;
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  if (getaddrinfo(host.c_str(), host_and_port.substr(colon + 1).c_str(), &hints, &found) != 0) {
    return std::nullopt;
  }
  SocketAddress address;
  std::memcpy(&address.storage, found->ai_addr, found->ai_addrlen);
  address.length = found->ai_addrlen;
  freeaddrinfo(found);
  return address;
}

// Whether somebody accepts connections at a Unix socket.
bool IsServed(SocketAddress& address) {
  const Descriptor probe(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  return connect(probe.get(), address.get(), address.length) == 0;
}

std::string PortOf(int socket) {
  SocketAddress bound;
  bound.length = sizeof(bound.storage);
  getsockname(socket, bound.get(), &bound.length);
  return std::to_string(ntohs(bound.storage.ss_family == AF_INET6
                                  ? reinterpret_cast<sockaddr_in6*>(&bound.storage)->sin6_port
                                  : reinterpret_cast<sockaddr_in*>(&bound.storage)->sin_port));
}

Peer PeerOfIpv4(const in_addr& address, in_port_t port) {
  char text[INET_ADDRSTRLEN] = "";
  inet_ntop(AF_INET, &address, text, sizeof(text));
  const std::string host = text;
  return {"ipv4:" + host + ":" + std::to_string(ntohs(port)), host, host};
}

Peer PeerOfIpv6(const in6_addr& address, in_port_t port) {
  if (IN6_IS_ADDR_V4MAPPED(&address)) {
    in_addr own{};
    std::memcpy(&own, address.s6_addr + kMappedBytes, sizeof(own));
    return PeerOfIpv4(own, port);
  }
  char text[INET6_ADDRSTRLEN] = "";
  inet_ntop(AF_INET6, &address, text, sizeof(text));
  const std::string host = text;
  in6_addr network{};
  std::memcpy(network.s6_addr, address.s6_addr, kNetworkBytes);
  inet_ntop(AF_INET6, &network, text, sizeof(text));
  return {"ipv6:%5B" + host + "%5D:" + std::to_string(ntohs(port)), host,
          IN6_IS_ADDR_LOOPBACK(&address) ? host : std::string(text) + "/64"};
}

}  // namespace

absl::StatusOr<Listening> ListenOn(const std::string& address) {
  const absl::Status refused =
      Refused(Sentence("The address $0 can't be served; is it in use?", {address}));
  const bool is_unix = address.starts_with(kUnix);
  std::string path = is_unix ? address.substr(kUnix.size()) : "";
  std::optional<SocketAddress> where = is_unix ? UnixAddress(path) : NetworkAddress(address);
  if (!where.has_value()) return refused;
  if (is_unix) {
    if (IsServed(*where)) return refused;
    unlink(path.c_str());  // left behind by a process that was killed
  }
  Descriptor own(socket(where->storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!own.ok()) return refused;
  const int on = 1;
  if (!is_unix) setsockopt(own.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  if (bind(own.get(), where->get(), where->length) != 0 || listen(own.get(), kBacklog) != 0) {
    return refused;
  }
  std::string bound =
      is_unix ? address : address.substr(0, address.rfind(':') + 1) + PortOf(own.get());
  return Listening{std::move(own), std::move(bound), std::move(path)};
}

Peer PeerOf(const sockaddr_storage& address) {
  if (address.ss_family == AF_INET) {
    const auto& own = reinterpret_cast<const sockaddr_in&>(address);
    return PeerOfIpv4(own.sin_addr, own.sin_port);
  }
  if (address.ss_family == AF_INET6) {
    const auto& own = reinterpret_cast<const sockaddr_in6&>(address);
    return PeerOfIpv6(own.sin6_addr, own.sin6_port);
  }
  return {"unix:", "unix", "unix"};
}

bool IsLocalHost(std::string_view host) {
  return host == "unix" || host == "::1" || host.starts_with("127.");
}

}  // namespace kirikae::http
