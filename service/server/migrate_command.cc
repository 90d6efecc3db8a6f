#include "service/server/migrate_command.h"

#include <iostream>
#include <memory>
#include <string>

#include "service/server/clock_command.h"
#include "service/server/failure.h"
#include "service/server/said.h"
#include "service/server/state_files.h"
#include "service/status_macros.h"
#include "service/store/sqlite/sqlite_store.h"

namespace kirikae::server {
namespace {

using domain::Sentence;

// Whether something is left to be done.
absl::StatusOr<bool> Bring(const Config& config) {
  RETURN_IF_ERROR(RequireDatabase(config.state_dir));
  ASSIGN_OR_RETURN(const int stored, store::StoredSchema(config.state_dir));
  const std::string from = std::to_string(stored);
  const std::string to = std::to_string(store::KnownSchema());
  if (stored == store::KnownSchema()) {
    Say(std::cout,
        Sentence("The database has schema $0, which is this program's. There is nothing to do.",
                 {from}));
    return false;
  }
  if (config.dry_run) {
    Say(std::cout,
        Sentence("The database has schema $0; the start of this program would bring it to $1. A "
                 "program of before can't open it then, so take a backup first: kirikaed backup.",
                 {from, to}));
    return true;
  }
  ASSIGN_OR_RETURN(const std::function<absl::Time()> clock, ClockOf(config));
  ASSIGN_OR_RETURN(const std::unique_ptr<store::Store> opened,
                   store::OpenSqliteStore({.directory = config.state_dir, .now = clock()}));
  Say(std::cout, Sentence("The database had schema $0 and has $1 now.", {from, to}));
  return false;
}

}  // namespace

int Migrate(const Config& config) {
  const absl::StatusOr<bool> left = Bring(config);
  if (!left.ok()) return Fail(left.status());
  return *left ? 1 : 0;
}

}  // namespace kirikae::server
