// Betters what a plan is judged by after PLACED and FINISH, without touching those.
#pragma once

#include <cstdint>
#include <vector>

#include "service/planner/budget.h"
#include "service/planner/problem.h"
#include "service/planner/state.h"

namespace kirikae::planner {

int64_t VisitCount(const State& state);
/// Devices on the fullest used day less those on the emptiest used one.
int64_t LevelSpread(const State& state);

/// Moves and swaps units within the days their phases already use, so long as that betters an
/// objective without worsening an earlier one of `objectives`.
void Improve(const PlanProblem& problem, const std::vector<Objective>& objectives, State& state,
             Budget& budget);

}  // namespace kirikae::planner
