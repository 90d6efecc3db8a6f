// Says in numbers what a phase is short of.
#pragma once

#include <vector>

#include "service/domain/sentence.h"
#include "service/planner/problem.h"
#include "service/planner/state.h"

namespace kirikae::planner {

/// For each phase with something left out in `state`: what it needs by its last day and what is
/// available, in minutes, devices, the capacity of the only teams that may do some of it, items of
/// a pool, or help-desk tickets; then how many items can come only after its last day. Up to two
/// sentences a phase, in the order of phases; none for a phase without a shortage that a number can
/// show.
std::vector<domain::Sentence> Shortages(const PlanProblem& problem, const State& state);

}  // namespace kirikae::planner
