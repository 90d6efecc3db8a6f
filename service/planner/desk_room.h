// How many devices the help desk's tickets leave room for.
#pragma once

#include <cstdint>
#include <vector>

#include "service/planner/state.h"

namespace kirikae::planner {

/// A range of days and the most devices that can be placed on them together.
struct DeskRange {
  int from = 0;
  int to = 0;
  int64_t most = 0;
};

/// Ranges within the days from..to, for whole numbers of devices on each day: a day that is used in
/// full leaves less on the days after it than the mean of the tickets says. `devices`: how many
/// there are at all. `fixed` holds only the fixed units. Empty where tickets of later days do not
/// count, or where there are too many numbers to try.
std::vector<DeskRange> DeskRanges(const State& fixed, int from, int to, int64_t devices);

}  // namespace kirikae::planner
