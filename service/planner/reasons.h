// Why a unit is left out.
#pragma once

#include <vector>

#include "service/planner/problem.h"
#include "service/planner/solution.h"
#include "service/planner/state.h"

namespace kirikae::planner {

/// Every reason that by itself keeps `unit`, which does not stand in `state`, out of every open
/// cell; where there is none, what holds it off the cells it could otherwise have.
std::vector<LeftReason> ReasonsFor(const PlanProblem& problem, const State& state, int unit);

/// What to say of a unit that no change FindRelaxations() knows of would place without leaving
/// another out.
Message NoHelp();

}  // namespace kirikae::planner
