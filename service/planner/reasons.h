// Explains why a unit is left out.
#pragma once

#include <vector>

#include "service/planner/problem.h"
#include "service/planner/solution.h"
#include "service/planner/state.h"

namespace kirikae::planner {

/// Why `unit`, which has no cell in `state`, can have none. The first of these that applies: (1)
/// every rule that alone keeps it out of all cells, with nothing else planned; (2) the smallest set
/// of rules that together keep it out of all cells, with nothing else planned; (3) the other demand
/// that takes its cells: every rule that alone blocks all the cells it could have, else all the
/// rules that block one of them. To (2) and (3) are added the rules that alone, as the plan is now,
/// keep it out of some cell.
std::vector<LeftReason> ReasonsFor(const PlanProblem& problem, const State& state, int unit);

/// The sentence for a unit that no change known to FindRelaxations() places without leaving another
/// unit out.
domain::Sentence NoHelp();

}  // namespace kirikae::planner
