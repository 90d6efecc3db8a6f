// Proven lower bounds on the last day of a phase.
#pragma once

#include <vector>

#include "service/planner/model.h"
#include "service/planner/solution.h"
#include "service/planner/state.h"

namespace kirikae::planner {

/// An open-day number no plan that places all the units can finish before, and what says so.
/// -1 for a phase with nothing in it; day_count() when not all can be placed.
struct PhaseBound {
  int day = -1;
  BoundBy by = BoundBy::kNone;
};

/// The earliest cell day on or after `from` on which `unit` fits into `state`, or day_count().
int EarliestAlone(const State& state, int unit, int from);

/// The bound of a phase that has to place `classes` (all their units) on days from `from` on,
/// with `fixed` holding the fixed units only. Each part is a relaxation: a unit needs one day of
/// its own; the minutes and devices released on or after a day fit into what the teams that may
/// do them have from that day on, each cell less one visit and rounded down to a sum the items
/// can make; a pool gives its limit on each day its items may use; dual-feasible functions
/// (Martello and Toth's L2, Fekete and Schepers' u(k)) count cells; the help desk's tickets fit
/// into its days. A later `from` never gives an earlier bound, so it stays valid when `from`
/// comes from an earlier phase's bound.
PhaseBound BoundPhase(const State& fixed, int phase, const std::vector<int>& classes, int from,
                      BoundBy from_by);

}  // namespace kirikae::planner
