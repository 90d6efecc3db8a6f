// What a range of days can take of a phase, by flows.
#pragma once

#include <vector>

#include "service/planner/budget.h"
#include "service/planner/state.h"

namespace kirikae::planner {

/// The days from..to take no more weight of `units` (unplaced, of one phase): the least of three
/// flows. One sends devices from equal units through the teams that serve them to the days; one
/// sends them through their pools first; one sends minutes. `fixed` holds only the fixed units.
/// Counts its steps in `budget`.
double MostByFlow(const State& fixed, const std::vector<int>& units, int from, int to,
                  Budget& budget);

}  // namespace kirikae::planner
