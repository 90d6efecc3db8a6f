// kirikaed: flags to configuration, and run.
#include "service/server/check_command.h"
#include "service/server/config.h"
#include "service/server/daemon.h"

int main(int argc, char** argv) {
  kirikae::server::Config config;
  if (const auto exit_code = kirikae::server::ParseFlags(argc, argv, config)) return *exit_code;
  if (config.command == kirikae::server::Command::kCheck) return kirikae::server::Check(config);
  return kirikae::server::Run(config);
}
