#include "client/cli/terminal_modes.h"

#include <termios.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>

namespace kirikae::cli {
namespace {

termios at_start{};

void Restore() { tcsetattr(STDIN_FILENO, TCSANOW, &at_start); }

void EndBy(int signal) {
  Restore();
  std::signal(signal, SIG_DFL);
  raise(signal);
}

}  // namespace

bool KeepTerminalModes() {
  static const bool kept = [] {
    if (isatty(STDIN_FILENO) == 0 || tcgetattr(STDIN_FILENO, &at_start) != 0) return false;
    std::atexit(Restore);
    for (const int signal : {SIGINT, SIGHUP, SIGTERM, SIGQUIT}) std::signal(signal, EndBy);
    return true;
  }();
  return kept;
}

}  // namespace kirikae::cli
