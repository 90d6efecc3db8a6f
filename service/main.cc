// kirikaed: parses the flags and runs the command.
#include "service/server/backup_command.h"
#include "service/server/certificate_command.h"
#include "service/server/check_command.h"
#include "service/server/clock_command.h"
#include "service/server/config.h"
#include "service/server/daemon.h"
#include "service/server/migrate_command.h"
#include "service/server/token_command.h"

// jemalloc reads this when it starts. Memory that an import or a plan frees returns to the system
// within half a second, even while no call runs. So the memory of two large acts does not add up.
extern "C" const char* const malloc_conf;
const char* const malloc_conf = "background_thread:true,dirty_decay_ms:500,muzzy_decay_ms:0";

int main(int argc, char** argv) {
  kirikae::server::Config config;
  if (const auto exit_code = kirikae::server::ParseFlags(argc, argv, config)) return *exit_code;
  using kirikae::server::Command;
  switch (config.command) {
    case Command::kCheck:
      return kirikae::server::Check(config);
    case Command::kAcceptClock:
      return kirikae::server::AcceptClockNow(config);
    case Command::kResetToken:
      return kirikae::server::ResetToken(config);
    case Command::kBackup:
      return kirikae::server::Backup(config);
    case Command::kRestore:
      return kirikae::server::Restore(config);
    case Command::kCertificate:
      return kirikae::server::MakeCertificate(config);
    case Command::kMigrate:
      return kirikae::server::Migrate(config);
    case Command::kServe:
      break;
  }
  return kirikae::server::Run(config);
}
