// `kirikaed check`: whether a database obeys the invariants.
#pragma once

#include "service/server/config.h"

namespace kirikae::server {

/// Checks the state directory's database, with or without a daemon serving it, and prints every
/// finding in both languages. Exit code 0: nothing is wrong; 1: something is, or it could not be
/// checked.
int Check(const Config& config);

}  // namespace kirikae::server
