// Plans all phases one after another, each as early as possible.
#pragma once

#include <vector>

#include "service/planner/bound.h"
#include "service/planner/budget.h"
#include "service/planner/disturbance.h"
#include "service/planner/dive.h"
#include "service/planner/exact.h"
#include "service/planner/state.h"

namespace kirikae::planner {

/// Holds what all attempts share: which units can be placed at all, and the bounds of plans that
/// place all of those. The model must outlive this object.
class PhasePlanner {
 public:
  PhasePlanner(const Model& model, Budget& budget);

  /// A plan of every phase. No phase goes beyond its entry in `caps` (open-day numbers).
  Assignment Plan(const std::vector<int>& caps);
  /// A plan that keeps units in their published cells where the rules allow it, and packs the
  /// others around them. Of the units that could stay, about `let_go` percent are packed anew. An
  /// odd `seed` chooses them by whole days, an even one unit by unit.
  Assignment PlanAround(const Disturbance& disturbance, const std::vector<int>& caps, int let_go,
                        uint64_t seed);

  /// The weight of the units that no plan can place.
  double impossible_weight() const { return impossible_weight_; }
  /// By phase: the bound for plans that place every possible unit.
  const std::vector<PhaseBound>& bounds() const { return bounds_; }
  /// By phase: the first day on which any possible unit of it can be placed, or -1.
  const std::vector<int>& earliest() const { return earliest_; }
  /// The possible units of a phase.
  const std::vector<int>& units(int phase) const { return units_[phase]; }
  const State& fixed() const { return fixed_; }

 private:
  struct Attempt {
    double left_weight = 0;
    int last_day = -1;
    std::vector<std::pair<int, int>> cells;
  };

  void FindPossible();
  void FindBounds(size_t first);
  void PlanPhase(State& state, int phase, int cap);
  bool OnlyMinutesBind(const State& state, int phase, int from, int to) const;
  void ShortenAsBins(State& state, int phase, int from, int bound, Attempt& best);
  DiveAnswer PackDays(State& state, int phase, int from, int to, bool dive, Attempt& best);
  void RaiseBound(int phase, int day);
  Attempt Measure(const State& state, int phase) const;
  void Clear(State& state, int phase) const;
  void Apply(State& state, int phase, const Attempt& attempt) const;

  const Model& model_;
  Budget& budget_;
  State fixed_;
  std::vector<std::vector<int>> units_;
  std::vector<std::vector<int>> classes_;
  std::vector<PhaseBound> bounds_;
  /// By phase: the first day that its bound was computed from.
  std::vector<int> bounds_from_;
  std::vector<int> earliest_;
  double impossible_weight_ = 0;
};

}  // namespace kirikae::planner
