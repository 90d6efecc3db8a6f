// The tokens in force at the start.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "service/api/call/environment.h"

namespace kirikae::server {

/// Puts the stored tokens and sessions in force. Where there is no token yet, makes the first one
/// and writes its secret to `DIR/admin.token`.
absl::Status LoadTokens(const std::string& state_dir, api::Environment& env);

}  // namespace kirikae::server
