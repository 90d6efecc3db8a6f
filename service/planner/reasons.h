// Why a unit is left out.
#pragma once

#include <vector>

#include "service/planner/problem.h"
#include "service/planner/solution.h"
#include "service/planner/state.h"

namespace kirikae::planner {

/// Why `unit`, which does not stand in `state`, can have no cell. Every reason that by itself, with
/// nothing else planned, keeps it out of all of them; where there is none but they keep it out
/// together, the fewest that do; else the demand it competes with for the cells it could have:
/// every one that by itself takes them all, or all of them together. To the last two come the rules
/// that alone, as the plan stands, keep it off some cell.
std::vector<LeftReason> ReasonsFor(const PlanProblem& problem, const State& state, int unit);

/// What to say of a unit that no change FindRelaxations() knows of would place without leaving
/// another out.
domain::Sentence NoHelp();

}  // namespace kirikae::planner
