// The running daemon: store, handlers, gRPC server, shutdown.
#pragma once

#include "service/server/config.h"

namespace kirikae::server {

/// Serves until SIGTERM or SIGINT, then drains: health says NOT_SERVING, calls get 5 s, the writer
/// answers what it has, the store closes. Gives the exit code; every failure to start is said on
/// standard error in both languages.
int Run(const Config& config);

}  // namespace kirikae::server
