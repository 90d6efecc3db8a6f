// A rollout's record.
#pragma once

#include <string>

#include "client/cli/session.h"
#include "kirikae/v1/rollout_service.pb.h"

namespace kirikae::cli {

/// The rollout of a resource name, `rollouts/face2025`. Ends the command where there is none.
v1::Rollout ReadRollout(Session& session, const std::string& name);

}  // namespace kirikae::cli
