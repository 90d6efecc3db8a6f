// `kirikaed check`: whether a database keeps the invariants.
#pragma once

#include "service/server/config.h"

namespace kirikae::server {

/// Checks the state directory's database, whether or not a daemon serves it, and prints every
/// finding in both languages. Returns the exit code. 0: nothing found. 1: something found, or the
/// check failed.
int Check(const Config& config);

}  // namespace kirikae::server
