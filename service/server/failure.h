// How the program ends when it can't go on.
#pragma once

#include "absl/status/status.h"

namespace kirikae::server {

/// Prints the error on standard error in both languages and returns the exit code 1.
int Fail(const absl::Status& status);

}  // namespace kirikae::server
