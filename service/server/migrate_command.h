// `kirikaed migrate`: brings a database to this program's form.
#pragma once

#include "service/server/config.h"

namespace kirikae::server {

/// Migrates the database of the state directory, or only says what would be done (`dry_run`). The
/// start of the daemon does the same. Returns the exit code: 0 done or nothing to do, 1 it could
/// not; with `dry_run` 1 also where there is something to do.
int Migrate(const Config& config);

}  // namespace kirikae::server
