// Betters plans too large to search whole, a few units at a time.
#pragma once

#include <cstdint>

#include "service/planner/budget.h"
#include "service/planner/exact.h"

namespace kirikae::planner {

/// Large neighbourhood search: again and again takes a few units up, some that are left out or
/// stand on a phase's last day and some that stand where those could, and searches all places for
/// them while the others stay; what is found is never worse than `incumbent`. Ends after
/// `max_steps` steps, or many rounds without gain. `goal` as for SearchExactly. The same on every
/// machine.
Assignment SearchNeighbourhoods(const Model& model, const Assignment& incumbent,
                                const SearchGoal& goal, int64_t max_steps, Budget& budget);

}  // namespace kirikae::planner
