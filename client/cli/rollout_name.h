// Finds the rollout, plan, phase or wave that a command is about.
#pragma once

#include <string>

#include "client/cli/session.h"

namespace kirikae::cli {

/// `rollouts/ID` for an id or a name; for "" the only rollout. Ends the command with a usage error
/// when there is none or there are several.
std::string RolloutName(Session& session, const std::string& given);

/// `rollouts/ID/COLLECTION/N` for `ID/N`, `N` or a name; "" when `given` has no number.
std::string NumberedName(Session& session, const std::string& given, const std::string& collection);

/// `rollouts/ID/plans/N` for `ID/N`, `N` or a name; for "" or `ID` the newest plan.
std::string PlanName(Session& session, const std::string& given);

/// `rollouts/ID/phases/P` for `ID/P`, `P` or a name.
std::string PhaseName(Session& session, const std::string& given);

/// `rollouts/ID/waves/N` for `ID/N`, `N` or a name.
std::string WaveName(Session& session, const std::string& given);

}  // namespace kirikae::cli
