// Exhaustive search for small problems.
#pragma once

#include <vector>

#include "service/planner/budget.h"
#include "service/planner/disturbance.h"
#include "service/planner/state.h"

namespace kirikae::planner {

/// PLACED and FINISH of a plan: the weight left out, and each phase's last day (-1: none).
struct Finish {
  double left_weight = 0;
  std::vector<int> last_day;
};

/// Negative when `a` is better, 0 when equal, positive when worse.
int Compare(const Finish& a, const Finish& b);

/// The cell of each unit (-1: left out).
using Assignment = std::vector<int>;

Assignment AssignmentOf(const State& state);
void Restore(State& state, const Assignment& assignment);
Finish FinishOf(const State& state);

struct ExactResult {
  Assignment assignment;
  /// The search covered the whole space: no plan is better.
  bool proven = false;
};

/// The goal of a search: the objectives, most important first.
struct SearchGoal {
  std::vector<Objective> order = {Objective::kPlaced, Objective::kFinish};
  /// Needed for STABILITY; must outlive the search.
  const Disturbance* disturbance = nullptr;
  /// By phase: no plan that places everything possible finishes before this day (-1: none known).
  /// Prunes only where at most `bounded_left` weight is left out.
  std::vector<int> bounds;
  double bounded_left = 0;
  /// Proven: no plan leaves out less weight.
  double least_left = 0;
  /// Proven: no plan with the incumbent's weight and last days disturbs less.
  double least_cost = 0;
  /// The units that the search may move; the others stay. Null: all. Must outlive the search.
  const std::vector<int>* free_units = nullptr;
};

/// Searches depth-first for plans better than `incumbent`, at most `max_nodes` nodes.
ExactResult SearchExactly(const Model& model, const Assignment& incumbent, const SearchGoal& goal,
                          int64_t max_nodes, Budget& budget);

}  // namespace kirikae::planner
