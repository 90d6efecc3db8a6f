// What a client may use of the server, and for how long.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace kirikae::http {

/// Sizes are in bytes. The defaults are those of the daemon; tests give shorter times.
struct Limits {
  using Time = std::chrono::milliseconds;

  size_t head_bytes = 16'384;     ///< the head of a request, or its header list in HTTP/2
  Time head_time{10'000};         ///< from the first byte of a head to its last
  Time handshake_time{10'000};    ///< from a connection's begin to the end of the TLS handshake
  size_t body_bytes = 4'194'304;  ///< the body of a request, where Options::body_limit is not set
  size_t body_rate = 1'024;       ///< the slowest body, in bytes a second, after body_grace
  Time body_grace{5'000};
  Time idle_time{75'000};   ///< a connection without a request
  Time write_time{30'000};  ///< a client that takes nothing of what is sent to it
  Time linger_time{2'000};  ///< from the end of the last answer to the end of the connection

  size_t connections = 4'096;         ///< in all
  size_t connections_a_peer = 64;     ///< of one address; of an IPv6 network of 64 bits
  size_t connections_for_local = 64;  ///< of `connections`, only for clients on this machine

  uint32_t streams = 100;                ///< requests at a time on one connection of HTTP/2
  uint32_t stream_window = 65'535;       ///< bytes of a body that wait for its handler
  uint32_t connection_window = 262'144;  ///< bytes of all bodies of a connection that wait
  /// Frames of HTTP/2 that cost the server work and bring it nothing: so many at once, and so many
  /// a second after that. One count is kept for resets, one for all others.
  double flood_burst = 200;
  double flood_rate = 20;
};

}  // namespace kirikae::http
