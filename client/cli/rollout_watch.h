// rollout watch: prints events as they happen.
#pragma once

#include <CLI/CLI.hpp>

#include "client/cli/session.h"

namespace kirikae::cli {

void AddWatch(CLI::App& rollout, Session& session);

}  // namespace kirikae::cli
