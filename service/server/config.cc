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
  app.add_flag("--init", config.init,
               "begin an empty inventory although other files are in the state directory");
  app.add_flag("--accept-loss", config.accept_loss,
               "go on with a database that lacks what was written before; the record says so");
  app.add_option("--audit-key", config.audit_key,
                 "file of the key that signs checkpoints; made if missing (audit.key in the state "
                 "directory)")
      ->envname("KIRIKAED_AUDIT_KEY");
  app.add_option("--checkpoints", config.checkpoints,
                 "directory into which each checkpoint is written as a file of its own")
      ->envname("KIRIKAED_CHECKPOINTS");
  // Allows flags after the command.
  app.fallthrough();
  CLI::App* const check =
      app.add_subcommand("check", "check the database against the invariants; changes nothing");
  check->add_option("--audit", config.audit_export,
                    "check this export of the record instead of a database");
  check->add_option("--against", config.against,
                    "compare with checkpoints in this file; may be repeated");
  check->add_option("--audit-public-key", config.audit_keys,
                    "a public key that may have signed them, or a file with one; may be repeated");
  check->fallthrough();
  CLI::App* const backup = app.add_subcommand(
      "backup", "write a whole, checked copy of the database; a daemon may serve it meanwhile");
  backup
      ->add_option("--to", config.backup_to,
                   "file, or directory for a file with the time in its "
                   "name")
      ->required();
  backup->add_option("--keep", config.backups_kept, "how many backups stay in the directory (all)")
      ->check(CLI::Range(1, 100'000));
  backup->fallthrough();
  CLI::App* const restore =
      app.add_subcommand("restore", "put a backup into an empty state directory");
  restore->add_option("--from", config.restore_from, "file that a backup wrote")->required();
  restore->add_option("--against", config.against,
                      "refuse a backup that is older than the checkpoints in this file");
  restore->fallthrough();
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
  if (backup->parsed()) config.command = Command::kBackup;
  if (restore->parsed()) config.command = Command::kRestore;
  if (config.state_dir.empty() && config.audit_export.empty()) {
    std::cerr << "kirikaed: --state-dir is required.\nkirikaed: --state-dir を指定してください。\n";
    return 2;
  }
  return std::nullopt;
}

}  // namespace kirikae::server
