// Exhaustive search for small problems.
#pragma once

#include <vector>

#include "service/planner/budget.h"
#include "service/planner/disturbance.h"
#include "service/planner/state.h"

namespace kirikae::planner {

/// What PLACED and FINISH say of a plan: the weight left out and each phase's last day (-1: none).
struct Finish {
  double left_weight = 0;
  std::vector<int> last_day;
};

/// Below 0 when `a` is better, 0 when equal, above 0 when worse.
int Compare(const Finish& a, const Finish& b);

/// Where each unit stands (-1: left out), by unit.
using Assignment = std::vector<int>;

Assignment AssignmentOf(const State& state);
void Restore(State& state, const Assignment& assignment);
Finish FinishOf(const State& state);

struct ExactResult {
  Assignment assignment;
  /// The whole space was searched: nothing is better.
  bool proven = false;
};

/// What a search looks for: the objectives listed, in that order.
struct SearchGoal {
  std::vector<Objective> order = {Objective::kPlaced, Objective::kFinish};
  /// Needed for STABILITY; must outlive the search.
  const Disturbance* disturbance = nullptr;
  /// Days no plan that places everything possible can finish a phase before (-1: none known); they
  /// only prune where nothing more than `bounded_left` is left out.
  std::vector<int> bounds;
  double bounded_left = 0;
  /// The units to be placed anew, the others stay; null: all. Must outlive the search.
  const std::vector<int>* free_units = nullptr;
};

/// Searches all plans better than `incumbent`, at most `max_nodes` deep-first nodes.
ExactResult SearchExactly(const Model& model, const Assignment& incumbent, const SearchGoal& goal,
                          int64_t max_nodes, Budget& budget);

}  // namespace kirikae::planner
