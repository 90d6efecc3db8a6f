// How many calls each connection has begun, as gRPC counts them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace kirikae::server {

/// The streams of one connection of this process's gRPC servers.
struct StreamCount {
  std::string peer;  ///< as gRPC names it, `ipv4:127.0.0.1:40312` or `ipv6:%5B::1%5D:40312`
  /// Streams that were begun and are not cleared away yet. A peer that keeps to the limit of
  /// streams has no more than that; one that resets its streams at once may have any number.
  int64_t outstanding = 0;
  int64_t streams = 0;   ///< begun by the peer so far
  int64_t messages = 0;  ///< received so far
};

/// All connections. Costs some ten microseconds each. Thread-safe.
std::vector<StreamCount> ReadStreamCounts();

}  // namespace kirikae::server
