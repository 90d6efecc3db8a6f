// Searches for less disturbance of the published positions.
#pragma once

#include <cstdint>

#include "service/planner/exact.h"
#include "service/planner/plan_search.h"
#include "service/planner/state.h"

namespace kirikae::planner {

/// Lowers STABILITY as far as PLACED and FINISH allow it, and bounds it. `search` must outlive this
/// object. Not thread-safe.
class StabilitySearch {
 public:
  explicit StabilitySearch(PlanSearch& search) : search_(search) {}

  /// Tries plans that keep units in their published cells and pack the rest around them; each
  /// attempt keeps fewer. Takes the plan with the least disturbance among those that are as good on
  /// the objectives that count more.
  void PreferPublished(Assignment& best, const Finish& finish);
  /// Searches for less disturbance with the weight and last days of `plan`, and proves that there
  /// is none, where there are too many units for a whole search by all objectives. True when it
  /// proved that no plan is better by PLACED and FINISH either.
  bool Search(State& plan);
  /// A lower bound of the disturbance of plans with the last days of `plan`; of all plans where
  /// STABILITY counts more than FINISH.
  double Bound(const State& plan) const;
  /// A whole search proved the disturbance of the plan that Search() gave.
  bool proven() const { return proven_; }

 private:
  double ImprovedCost(const Assignment& assignment);
  double CheapestPlaces(const State& plan) const;
  bool Price(const State& plan);

  PlanSearch& search_;
  /// Proven by prices: no plan with the same weight and last days disturbs less.
  double priced_ = 0;
  bool proven_ = false;
};

}  // namespace kirikae::planner
