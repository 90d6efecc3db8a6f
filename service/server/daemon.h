// The running daemon: store, handlers, gRPC server, shutdown.
#pragma once

#include "service/server/config.h"

namespace kirikae::server {

/// Serves until SIGTERM or SIGINT. Then it drains: health reports NOT_SERVING, calls get 5 s to
/// end, the writer answers queued writes, the store closes. Returns the exit code. Prints every
/// failure to start on standard error in both languages.
int Run(const Config& config);

}  // namespace kirikae::server
