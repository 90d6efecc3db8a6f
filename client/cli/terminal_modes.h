// The terminal's modes as they were when the program began.
#pragma once

namespace kirikae::cli {

/// From now on the terminal of standard input has its modes back when the program ends, by itself
/// or by a signal (SIGINT, SIGHUP, SIGTERM, SIGQUIT). False, and nothing is changed, where it is no
/// terminal. Call it before the modes are changed; further calls change nothing.
bool KeepTerminalModes();

}  // namespace kirikae::cli
