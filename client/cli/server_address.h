// The address of the service as it is given.
#pragma once

#include <string>

namespace kirikae::cli {

/// Throws Failure, SERVER_ADDRESS, for what is no HOST:PORT or unix:PATH: the address of a web
/// page, an address without a port, a port out of range.
void CheckServer(const std::string& server);

struct HostAndPort {
  std::string host;  ///< without brackets
  std::string port;
};
/// The parts of a HOST:PORT that CheckServer takes.
HostAndPort SplitServer(const std::string& server);

/// Whether only this machine can be at the address: `unix:PATH`, or a loopback HOST:PORT. A
/// connection to any other is encrypted, so that no token can be read on the way.
bool IsOnThisMachine(const std::string& server);

}  // namespace kirikae::cli
