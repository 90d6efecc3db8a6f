// Proven lower bounds on the last day of a phase.
#pragma once

#include <vector>

#include "service/planner/model.h"
#include "service/planner/solution.h"
#include "service/planner/state.h"

namespace kirikae::planner {

/// `day`: no plan that places all units finishes the phase before this open-day number. -1: the
/// phase is empty. day_count(): not all units can be placed. `by`: what proves the day.
struct PhaseBound {
  int day = -1;
  BoundBy by = BoundBy::kNone;
};

/// The first day on or after `from` with a cell in which `unit` fits into `state`; day_count() when
/// there is none.
int EarliestAlone(const State& state, int unit, int from);

/// The bound of a phase that must place all units of `classes` on days from `from` on. `fixed`
/// holds only the fixed units. The bound is the latest of these relaxations: a unit needs one day
/// of its own; the minutes and devices released on or after a day must fit into the cells of the
/// teams that may do them (each cell less one visit, rounded down to a sum that the items can
/// make); a pool gives its limit on each day that its items may use; dual-feasible functions
/// (Martello and Toth's L2, Fekete and Schepers' u(k)) count cells; the help desk's tickets must
/// fit into its days. A later `from` never gives an earlier bound. So the bound stays valid when
/// `from` comes from an earlier phase's bound.
PhaseBound BoundPhase(const State& fixed, int phase, const std::vector<int>& classes, int from,
                      BoundBy from_by);

}  // namespace kirikae::planner
