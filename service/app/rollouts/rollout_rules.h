// The rules in a rollout's file that need an approver once the rollout is under way.
#pragma once

#include <string>
#include <vector>

#include "service/app/rollouts/rollout_file.h"

namespace kirikae::app {

/// A rule that differs between two files.
struct RuleDifference {
  std::string path;    ///< `phases.pilot.gate.success_rate`
  std::string before;  ///< as in a file; "" = none
  std::string after;
};

/// The rules that differ, in the order of the files: methods, scope, minimum OS, the order of the
/// phases, and each phase's devices, days, soak and gate. Titles, teams, calendar, pools and limits
/// are the planner's and no rules.
std::vector<RuleDifference> CompareRules(const RolloutFile& before, const RolloutFile& after);

}  // namespace kirikae::app
