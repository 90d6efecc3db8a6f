// What a phase is short of, in numbers.
#pragma once

#include <vector>

#include "service/domain/sentence.h"
#include "service/planner/problem.h"
#include "service/planner/state.h"

namespace kirikae::planner {

/// For each phase with something left out in `state`, what it needs by its last day and what there
/// is: minutes, devices, those of the only teams that may do some of it, or a pool's items; then
/// how much of it comes too late. Up to two sentences a phase, in their order; phases that leave
/// nothing out, or have nothing short that a number could say, have none.
std::vector<domain::Sentence> Shortages(const PlanProblem& problem, const State& state);

}  // namespace kirikae::planner
