// What all connections of a server share.
#pragma once

#include <atomic>
#include <cstddef>
#include <string_view>
#include <utility>

#include "service/http/address.h"
#include "service/http/event_log.h"
#include "service/http/roster.h"
#include "service/http/server.h"

namespace kirikae::http {

struct ServerState {
  ServerState(Options options_given, Serve serve_given)
      : options(std::move(options_given)),
        serve(std::move(serve_given)),
        roster(options.limits),
        events(options.log) {}

  /// The most bytes that the body of a request may have.
  size_t BodyLimit(const Request& request) const {
    return options.body_limit ? options.body_limit(request) : options.limits.body_bytes;
  }

  /// Whether a Peer's host is this machine.
  bool IsLocal(std::string_view host) const {
    return options.is_local ? options.is_local(host) : IsLocalHost(host);
  }

  const Options options;
  const Serve serve;
  Roster roster;
  EventLog events;
  std::atomic<size_t> streams{0};  ///< requests that are being answered
};

}  // namespace kirikae::http
