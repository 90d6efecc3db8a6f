// How much weight no plan can place.
#pragma once

#include <vector>

#include "service/planner/state.h"

namespace kirikae::planner {

/// Weight that every plan leaves out of `units`; each of these must have a place when it is alone.
/// A proven lower bound: each phase needs minutes, devices, cells (a cell takes no more units than
/// the smallest ones allow) and help-desk tickets, and its days supply only so much; each
/// department may have only so many away on a day; and all phases together have the whole calendar.
/// The bound leaves out first what is worth least per amount, the last of it in part, so it never
/// exceeds what the best plan leaves out. `fixed` holds only the fixed units.
double LeastLeftOut(const State& fixed, const std::vector<int>& units);

}  // namespace kirikae::planner
