#include "service/server/supervisor.h"

#include <systemd/sd-daemon.h>

#include <cstdint>

namespace kirikae::server {
namespace {

constexpr int kKeepEnvironment = 0;

}  // namespace

void TellReady(const std::string& status) {
  sd_notify(kKeepEnvironment, ("READY=1\nSTATUS=" + status).c_str());
}

void TellStopping() { sd_notify(kKeepEnvironment, "STOPPING=1"); }

void TellAlive() { sd_notify(kKeepEnvironment, "WATCHDOG=1"); }

std::optional<std::chrono::milliseconds> WatchInterval() {
  uint64_t microseconds = 0;
  if (sd_watchdog_enabled(kKeepEnvironment, &microseconds) <= 0) return std::nullopt;
  return std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::microseconds(microseconds));
}

}  // namespace kirikae::server
