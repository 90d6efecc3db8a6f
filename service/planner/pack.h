// Builds plans: fills a phase's days cell by cell, and repairs what is left over.
#pragma once

#include <cstdint>
#include <vector>

#include "service/planner/budget.h"
#include "service/planner/state.h"

namespace kirikae::planner {

/// How Pack() chooses. `target`: the day from which urgency is counted back. `noise` above 0: seeds
/// a generator that varies the order.
struct PackOptions {
  int target = 0;
  bool urgent_first = false;
  bool by_slack = true;
  bool best_fill = true;
  /// Most weight per minute first: for phases that can't be placed whole.
  bool dense_first = false;
  uint64_t noise = 0;
  int64_t fill_nodes = 2'000;
};

/// Places the unplaced units among `units` (of one phase) on days from..to. Returns the units that
/// found no place.
std::vector<int> Pack(State& state, const std::vector<int>& units, int from, int to,
                      const PackOptions& options, Budget& budget);

/// Tries to place each of `left` on days from..to by moving one or two units of the same phase out
/// of its way (never fixed ones). Returns the units that still have no place. With
/// `replace_lighter`, a heavier unit may push a lighter one out of the plan.
std::vector<int> Repair(State& state, std::vector<int> left, int from, int to, bool replace_lighter,
                        Budget& budget);

}  // namespace kirikae::planner
