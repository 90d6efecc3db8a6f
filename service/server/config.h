// The daemon's configuration.
#pragma once

#include <optional>
#include <string>

namespace kirikae::server {

/// What to do.
enum class Command { kServe, kCheck, kAcceptClock, kResetToken };

struct Config {
  Command command = Command::kServe;
  std::string state_dir;
  std::string listen = "127.0.0.1:50051";  ///< ADDR:PORT or unix:PATH; port 0 binds a free one
  std::string timezone = "Asia/Tokyo";     ///< decides what "today" is
  std::string now;                         ///< RFC 3339: the clock starts there; "" = the real one
  std::string clock_file;                  ///< for tests: seconds to add to the clock, with --now
  bool allow_self_approval = false;
  int exception_days = 30;        ///< longest exception, in days after today
  int connections = 0;            ///< most connections at a time; 0 = as many as files may be open
  bool run_writes_twice = false;  ///< see store::OpenOptions
};

/// Reads flags, then KIRIKAED_… from the environment. Returns an exit code when the program shall
/// end: after --help, after `version`, or after a fault (2).
std::optional<int> ParseFlags(int argc, char** argv, Config& config);

/// The version of the program.
const char* Version();

/// Whether only this machine can reach the address; then plain text is allowed.
bool IsLocal(const std::string& listen);

}  // namespace kirikae::server
