#include "service/server/config.h"

#include <CLI/CLI.hpp>
#include <iostream>

namespace kirikae::server {

const char* Version() { return KIRIKAE_VERSION; }

bool IsLocal(const std::string& listen) {
  return listen.starts_with("unix:") || listen.starts_with("127.") ||
         listen.starts_with("localhost:") || listen.starts_with("[::1]:");
}

std::optional<int> ParseFlags(int argc, char** argv, Config& config) {
  CLI::App app("kirikaed: the device inventory and rollout service");
  app.add_option("--state-dir", config.state_dir, "directory of the database; made if missing")
      ->envname("KIRIKAED_STATE_DIR");
  app.add_option("--listen", config.listen, "ADDR:PORT or unix:PATH")
      ->envname("KIRIKAED_LISTEN")
      ->capture_default_str();
  app.add_option("--timezone", config.timezone, "the ward's time zone")
      ->envname("KIRIKAED_TIMEZONE")
      ->capture_default_str();
  app.add_option("--now", config.now, "start the clock at this RFC 3339 time (for demonstrations)")
      ->envname("KIRIKAED_NOW");
  app.add_option("--clock-file", config.clock_file,
                 "a file with seconds to add to the clock that --now started (for tests)")
      ->envname("KIRIKAED_CLOCK_FILE");
  app.add_flag("--allow-self-approval", config.allow_self_approval,
               "let who submitted a plan approve it (for demonstrations)");
  app.add_option("--exception-days", config.exception_days,
                 "longest exception that may be granted, in days")
      ->envname("KIRIKAED_EXCEPTION_DAYS")
      ->check(CLI::Range(1, 366))
      ->capture_default_str();
  app.add_option("--connections", config.connections,
                 "most connections at a time (as many as files may be open)")
      ->envname("KIRIKAED_CONNECTIONS")
      ->check(CLI::Range(16, 10'000));
  app.add_flag("--run-writes-twice", config.run_writes_twice,
               "run every write, take it back and run it again (for tests)")
      ->envname("KIRIKAED_RUN_WRITES_TWICE");
  // Allows flags after the command.
  app.fallthrough();
  CLI::App* const check =
      app.add_subcommand("check", "check the database against the invariants; changes nothing");
  CLI::App* const clock = app.add_subcommand("clock", "what to do when the clock has jumped");
  CLI::App* const accept =
      clock->add_subcommand("accept", "take the clock as right as it is now; writes go on");
  clock->require_subcommand(1)->fallthrough();
  accept->fallthrough();
  CLI::App* const token = app.add_subcommand("token", "a way back in for who has the machine");
  CLI::App* const reset =
      token->add_subcommand("reset", "make a new administrator's token; the daemon must not run");
  token->require_subcommand(1)->fallthrough();
  reset->fallthrough();
  CLI::App* const version = app.add_subcommand("version", "print the version");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error);
    return code == 0 ? 0 : 2;
  }
  if (version->parsed()) {
    std::cout << "kirikaed " << Version() << "\n";
    return 0;
  }
  if (accept->parsed()) config.command = Command::kAcceptClock;
  if (reset->parsed()) config.command = Command::kResetToken;
  if (check->parsed()) config.command = Command::kCheck;
  if (config.state_dir.empty()) {
    std::cerr << "kirikaed: --state-dir is required.\nkirikaed: --state-dir を指定してください。\n";
    return 2;
  }
  return std::nullopt;
}

}  // namespace kirikae::server
