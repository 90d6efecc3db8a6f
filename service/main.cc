// kirikaed: flags to configuration, and run.
#include "service/server/check_command.h"
#include "service/server/clock_command.h"
#include "service/server/config.h"
#include "service/server/daemon.h"

// Read by jemalloc when it starts: what an import or a plan leaves free goes back to the system in
// half a second, also while nothing is called, so that a large act does not come on top of the
// last.
extern "C" const char* const malloc_conf;
const char* const malloc_conf = "background_thread:true,dirty_decay_ms:500,muzzy_decay_ms:0";

int main(int argc, char** argv) {
  kirikae::server::Config config;
  if (const auto exit_code = kirikae::server::ParseFlags(argc, argv, config)) return *exit_code;
  if (config.command == kirikae::server::Command::kCheck) return kirikae::server::Check(config);
  if (config.command == kirikae::server::Command::kAcceptClock) {
    return kirikae::server::AcceptClockNow(config);
  }
  return kirikae::server::Run(config);
}
