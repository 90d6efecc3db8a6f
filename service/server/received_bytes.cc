#include "service/server/received_bytes.h"

// The kernel's own header: that of the C library lacks the counts of bytes.
#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cstddef>

namespace kirikae::server {

int64_t ReceivedBytes(int socket) {
  tcp_info info{};
  socklen_t length = sizeof(info);
  constexpr size_t kNeeded =
      offsetof(tcp_info, tcpi_bytes_received) + sizeof(info.tcpi_bytes_received);
  if (getsockopt(socket, IPPROTO_TCP, TCP_INFO, &info, &length) != 0 || length < kNeeded) return 0;
  return static_cast<int64_t>(info.tcpi_bytes_received);
}

}  // namespace kirikae::server
