// Constructions: fill a phase's days one cell after another, and mend what is left over.
#pragma once

#include <cstdint>
#include <vector>

#include "service/planner/budget.h"
#include "service/planner/state.h"

namespace kirikae::planner {

/// How a filling chooses. `target` is the day urgency is measured against; `noise` above 0 shakes
/// the order with a generator seeded by it.
struct PackOptions {
  int target = 0;
  bool urgent_first = false;
  bool by_slack = true;
  bool best_fill = true;
  uint64_t noise = 0;
  int64_t fill_nodes = 2'000;
};

/// Places the unplaced units among `units` (of one phase) on days from..to; gives those left over.
std::vector<int> Pack(State& state, const std::vector<int>& units, int from, int to,
                      const PackOptions& options, Budget& budget);

/// Tries to place each of `left` on days from..to by moving one or two units out of its way (never
/// fixed ones, and only of the same phase); gives those still left over. With `replace_lighter`, a
/// lighter unit may be left out for a heavier one.
std::vector<int> Repair(State& state, std::vector<int> left, int from, int to, bool replace_lighter,
                        Budget& budget);

}  // namespace kirikae::planner
