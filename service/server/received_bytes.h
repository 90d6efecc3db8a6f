// What has arrived on a connection.
#pragma once

#include <cstdint>

namespace kirikae::server {

/// Bytes that the peer of a TCP socket has sent so far, read or not; 0 for another kind of socket,
/// and where the kernel does not tell.
int64_t ReceivedBytes(int socket);

}  // namespace kirikae::server
