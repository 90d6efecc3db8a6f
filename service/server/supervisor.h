// What starts and watches the daemon: systemd, where there is one.
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace kirikae::server {

/// Tells systemd that the daemon serves (Type=notify), with a line for `systemctl status`. Does
/// nothing where no systemd has started it.
void TellReady(const std::string& status);
/// Tells it that the daemon ends.
void TellStopping();
/// Tells it that the daemon answered its own call just now (WatchdogSec=).
void TellAlive();
/// How often it wants to hear that; absent = it does not watch.
std::optional<std::chrono::milliseconds> WatchInterval();

}  // namespace kirikae::server
