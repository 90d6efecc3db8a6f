// Improves STABILITY, VISITS and LEVEL without worsening PLACED or FINISH.
#pragma once

#include <cstdint>
#include <vector>

#include "service/planner/budget.h"
#include "service/planner/problem.h"
#include "service/planner/state.h"

namespace kirikae::planner {

int64_t VisitCount(const State& state);
/// The number of sites with a unit placed: no plan of the same units has fewer visits.
int64_t SitesPlaced(const State& state);
/// Devices on the fullest used day minus those on the emptiest used day.
int64_t LevelSpread(const State& state);

/// Moves and swaps units within the days that their phases already use, as long as an objective
/// improves and no earlier one of `objectives` gets worse.
void Improve(const PlanProblem& problem, const std::vector<Objective>& objectives, State& state,
             Budget& budget);

}  // namespace kirikae::planner
