// The daemon's configuration.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"

namespace kirikae::server {

/// What to do.
enum class Command {
  kServe,
  kCheck,
  kAcceptClock,
  kResetToken,
  kBackup,
  kRestore,
  kCertificate,
  kMigrate
};

struct Config {
  Command command = Command::kServe;
  std::string state_dir;
  std::string listen = "127.0.0.1:50051";  ///< ADDR:PORT or unix:PATH; port 0 binds a free one
  std::string http;                        ///< ADDR:PORT or unix:PATH of the HTTP port; "" = none
  std::string tls_cert;       ///< file of the certificate chain of both ports; "" = plain text
  std::string tls_key;        ///< file of its key
  std::string tls_client_ca;  ///< file of the CAs whose client certificates are believed; "" = none
  std::string language;       ///< of what is said to who runs the program; "" = both
  std::string log_level = "info";       ///< the least that is logged
  bool metrics_for_all = false;         ///< /metrics for other machines too
  bool dry_run = false;                 ///< migrate: say what would be done
  std::vector<std::string> hosts;       ///< certificate: names and addresses of the server
  std::string certificates_to;          ///< certificate: folder; "" = tls in the state directory
  std::string timezone = "Asia/Tokyo";  ///< decides what "today" is
  std::string now;                      ///< RFC 3339: the clock starts there; "" = the real one
  std::string clock_file;               ///< for tests: seconds to add to the clock, with --now
  bool init = false;                    ///< begin a new ward among other files
  bool accept_loss = false;             ///< go on with a database that has lost something
  std::string audit_key;     ///< file of the key that signs checkpoints; "" = in the directory
  std::string checkpoints;   ///< directory for checkpoints, a file each; "" = none
  std::string backup_to;     ///< backup: a file, or a directory
  int backups_kept = 0;      ///< backup into a directory: the newest that stay; 0 = all
  std::string restore_from;  ///< restore: a backup
  std::vector<std::string> against;     ///< check, restore: files with checkpoints
  std::string audit_export;             ///< check: an export of the record instead of the database
  std::vector<std::string> audit_keys;  ///< check: public keys, or files with them
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

/// FAILED_PRECONDITION, START_REFUSED: the addresses and files of the configuration do not fit
/// together. Reads no file.
absl::Status CheckAddresses(const Config& config);

}  // namespace kirikae::server
