// Improves plans that are too large for a whole search, a few units at a time.
#pragma once

#include <cstdint>

#include "service/planner/budget.h"
#include "service/planner/exact.h"

namespace kirikae::planner {

/// Large neighbourhood search. Each round removes a few units (some that are left out or on a
/// phase's last day, and some that occupy cells these could use), then searches all their places
/// while the other units stay. The result is never worse than `incumbent`. Ends after `max_steps`
/// steps or many rounds without gain. `goal` as for SearchExactly. The same on every machine; other
/// seeds take other ways.
Assignment SearchNeighbourhoods(const Model& model, const Assignment& incumbent,
                                const SearchGoal& goal, int64_t max_steps, Budget& budget,
                                uint64_t seed = 1);

}  // namespace kirikae::planner
