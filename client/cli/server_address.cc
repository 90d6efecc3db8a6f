#include "client/cli/server_address.h"

#include <cctype>
#include <string_view>

#include "client/cli/catalogue.h"
#include "client/cli/failure.h"

namespace kirikae::cli {
namespace {

constexpr std::string_view kSchemes[] = {"dns:///", "dns:", "ipv4:", "ipv6:"};

std::string_view WithoutScheme(std::string_view address) {
  for (const std::string_view scheme : kSchemes) {
    if (address.starts_with(scheme)) return address.substr(scheme.size());
  }
  return address;
}

// The scheme of a web address, `http://`; "" for any other address.
std::string_view WebScheme(std::string_view address) {
  const size_t at = address.find("://");
  return at == std::string_view::npos ? std::string_view() : address.substr(0, at + 3);
}

bool IsPort(std::string_view text) {
  constexpr size_t kDigits = 5;
  return !text.empty() && text.size() <= kDigits &&
         text.find_first_not_of("0123456789") == std::string_view::npos &&
         std::stoi(std::string(text)) > 0 && std::stoi(std::string(text)) <= 65'535;
}

Failure BadServer(std::string sentence) {
  return {.code = kUsage, .reason = "SERVER_ADDRESS", .sentence = std::move(sentence)};
}

}  // namespace

void CheckServer(const std::string& server) {
  if (server.starts_with("unix:")) return;
  std::string_view address = WithoutScheme(server);
  if (const std::string_view scheme = WebScheme(address); !scheme.empty()) {
    address.remove_prefix(scheme.size());
    address = address.substr(0, address.find('/'));
    throw BadServer(Tr("$0 is the address of a web page. Write --server without $1: $2",
                       {server, std::string(scheme), std::string(address)}));
  }
  const size_t colon = address.rfind(':');
  const bool has_port =
      colon != std::string_view::npos && address.find(']', colon) == std::string_view::npos;
  const std::string port(has_port ? address.substr(colon + 1) : std::string_view());
  if (!has_port || colon == 0) {
    throw BadServer(
        Tr("$0 is no address of the service. Write --server like 127.0.0.1:50051 or "
           "unix:PATH.",
           {server}));
  }
  if (!IsPort(port)) {
    throw BadServer(Tr("$0 is not a port; a port is a number from 1 to 65535.", {port}));
  }
}

HostAndPort SplitServer(const std::string& server) {
  const std::string address(WithoutScheme(server));
  const size_t colon = address.rfind(':');
  std::string host = address.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  return {host, address.substr(colon + 1)};
}

bool IsOnThisMachine(const std::string& server) {
  const std::string_view address = WithoutScheme(server);
  if (address.starts_with("unix:") || address.starts_with("[::1]")) return true;
  const std::string_view host = address.substr(0, address.rfind(':'));
  if (host == "localhost" || host == "::1") return true;
  // 127.0.0.0/8, and no name that merely begins so.
  return host.starts_with("127.") &&
         host.find_first_not_of("0123456789.") == std::string_view::npos;
}

}  // namespace kirikae::cli
