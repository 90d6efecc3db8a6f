#include "service/server/config.h"

#include <CLI/CLI.hpp>
#include <iostream>

#include "service/server/config_file.h"
#include "service/server/failure.h"
#include "service/server/refused.h"
#include "service/server/said.h"

namespace kirikae::server {

using domain::Sentence;

const char* Version() { return KIRIKAE_VERSION; }

bool IsLocal(const std::string& listen) {
  return listen.starts_with("unix:") || listen.starts_with("127.") ||
         listen.starts_with("localhost:") || listen.starts_with("[::1]:");
}

absl::Status CheckAddresses(const Config& config) {
  if (config.tls_cert.empty() != config.tls_key.empty()) {
    return Refused(Sentence("A certificate needs its key: give both --tls-cert and --tls-key."));
  }
  if (config.tls_cert.empty() && !config.tls_client_ca.empty()) {
    return Refused(Sentence("Client certificates need TLS: give --tls-cert and --tls-key too."));
  }
  for (const std::string& address : {config.listen, config.http}) {
    if (address.empty() || IsLocal(address) || !config.tls_cert.empty()) continue;
    return Refused(
        Sentence("$0 can be reached from other machines, and nothing would be encrypted. Give "
                 "--tls-cert and --tls-key (kirikaed certificate makes them), or listen on "
                 "127.0.0.1 or a Unix socket.",
                 {address}));
  }
  return absl::OkStatus();
}

namespace {

// Says what is wrong in both languages. Returns the exit code of a usage error.
int Wrong(const Sentence& sentence) {
  Say(std::cerr, sentence, "kirikaed: ");
  return 2;
}

// Gives options that neither a flag nor the environment has set their values from the file.
std::optional<int> Configure(CLI::App& app, const std::string& path) {
  const auto settings = ReadConfigFile(path);
  if (!settings.ok()) {
    Fail(settings.status());
    return 2;
  }
  for (const Setting& setting : *settings) {
    CLI::Option* const option = app.get_option_no_throw("--" + setting.name);
    const std::string line = std::to_string(setting.line);
    if (option == nullptr || !option->get_configurable()) {
      return Wrong(Sentence("$0, line $1: there is no setting $2.", {path, line, setting.name}));
    }
    if (option->count() > 0) continue;
    try {
      option->add_result(setting.values);
      option->run_callback();
    } catch (const CLI::ParseError& error) {
      return Wrong(Sentence("$0, line $1: $2", {path, line, error.what()}));
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<int> ParseFlags(int argc, char** argv, Config& config) {
  CLI::App app("kirikaed: the device inventory and rollout service");
  app.add_option("--state-dir", config.state_dir, "directory of the database; made if missing")
      ->envname("KIRIKAED_STATE_DIR");
  app.add_option("--listen", config.listen, "ADDR:PORT or unix:PATH")
      ->envname("KIRIKAED_LISTEN")
      ->capture_default_str();
  app.add_option("--http", config.http,
                 "ADDR:PORT or unix:PATH of the HTTP port: the page, Connect, /healthz, /metrics")
      ->envname("KIRIKAED_HTTP");
  app.add_option("--tls-cert", config.tls_cert, "file of the certificate chain (PEM) of both ports")
      ->envname("KIRIKAED_TLS_CERT");
  app.add_option("--tls-key", config.tls_key, "file of the certificate's key (PEM, mode 600)")
      ->envname("KIRIKAED_TLS_KEY");
  app.add_option("--tls-client-ca", config.tls_client_ca,
                 "file of the authorities (PEM) whose client certificates are believed")
      ->envname("KIRIKAED_TLS_CLIENT_CA");
  app.add_flag("--metrics-for-all", config.metrics_for_all, "let other machines read /metrics too")
      ->envname("KIRIKAED_METRICS_FOR_ALL");
  std::string config_file;
  app.add_option("--config", config_file,
                 "YAML file of settings: flags without dashes; flags and environment outweigh it")
      ->envname("KIRIKAED_CONFIG")
      ->configurable(false);
  app.add_option("--lang", config.language,
                 "language of what this program says to you, ja or en (both)")
      ->envname("KIRIKAED_LANG")
      ->check(CLI::IsMember({"ja", "en"}));
  app.add_option("--log-level", config.log_level, "debug, info, warn or error")
      ->envname("KIRIKAED_LOG_LEVEL")
      ->check(CLI::IsMember({"debug", "info", "warn", "error"}))
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
               "begin an empty inventory although other files are in the state directory")
      ->configurable(false);
  app.add_flag("--accept-loss", config.accept_loss,
               "go on with a database that lacks what was written before; the record says so")
      ->configurable(false);
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
  CLI::App* const certificate = app.add_subcommand(
      "certificate", "make a private authority and a certificate for this server");
  certificate
      ->add_option("--host", config.hosts,
                   "name or address under which clients reach the server; may be repeated")
      ->required();
  certificate->add_option("--to", config.certificates_to,
                          "folder of the files (tls in the state directory)");
  certificate->fallthrough();
  CLI::App* const migrate = app.add_subcommand(
      "migrate", "bring the database to this program's form; the daemon must not run");
  migrate->add_flag("--dry-run", config.dry_run, "only say what would be done");
  migrate->fallthrough();
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
  if (!config_file.empty()) {
    if (const std::optional<int> exit_code = Configure(app, config_file)) return exit_code;
  }
  SpeakOnly(config.language);
  if (certificate->parsed()) {
    config.command = Command::kCertificate;
    if (config.state_dir.empty() && config.certificates_to.empty()) config.certificates_to = "tls";
    return std::nullopt;
  }
  if (migrate->parsed()) config.command = Command::kMigrate;
  if (accept->parsed()) config.command = Command::kAcceptClock;
  if (reset->parsed()) config.command = Command::kResetToken;
  if (check->parsed()) config.command = Command::kCheck;
  if (backup->parsed()) config.command = Command::kBackup;
  if (restore->parsed()) config.command = Command::kRestore;
  if (config.state_dir.empty() && config.audit_export.empty()) {
    return Wrong(Sentence("--state-dir is required."));
  }
  return std::nullopt;
}

}  // namespace kirikae::server
