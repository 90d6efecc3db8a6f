// How much weight no plan can place.
#pragma once

#include <vector>

#include "service/planner/state.h"

namespace kirikae::planner {

/// Weight that every plan leaves out of `units`, which must each have a place when alone. Counted,
/// so proven: each phase asks for minutes, devices, cells (with no more units in a cell than the
/// smallest ones make) and the help desk's tickets, of which its days have only so much; each
/// department may have only so many away on a day; and all phases together have the whole calendar.
/// What is least worth for what it asks stays out first, the last of it in parts, so that the bound
/// is never above what the best plan leaves out. `fixed` holds nothing but what is fixed.
double LeastLeftOut(const State& fixed, const std::vector<int>& units);

}  // namespace kirikae::planner
