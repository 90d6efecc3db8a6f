// `rollout forecast`.
#pragma once

#include <CLI/CLI.hpp>

#include "client/cli/session.h"

namespace kirikae::cli {

/// Adds the command to `rollout`.
void AddForecast(CLI::App& rollout, Session& session);

}  // namespace kirikae::cli
