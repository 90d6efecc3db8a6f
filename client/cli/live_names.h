// Names of records that the service has now, for completion.
#pragma once

#include <string>
#include <vector>

#include "client/cli/completion.h"
#include "client/cli/session.h"

namespace kirikae::cli {

/// What a live name is the name of.
enum class NameOf {
  kNothing,
  kTag,
  kDepartment,
  kQuery,  ///< a tag or a department
  kPlan,
  kWave,
  kPhase,
  kPhaseSetting,  ///< `PHASE=`
  kTeam,
  kTeamSetting,
  kSite,
  kRollout,
  kContext,
  kFilter,  ///< `department : "NAME"`
};

/// The names that begin with `typed`. Throws Failure or Exit, or returns few, where the service
/// does not answer within half a second.
std::vector<Candidate> LiveNames(Session& session, NameOf kind, const std::string& typed);

}  // namespace kirikae::cli
