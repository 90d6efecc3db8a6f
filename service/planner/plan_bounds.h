// What is proven about PLACED and FINISH of a problem's plans.
#pragma once

#include <vector>

#include "service/planner/budget.h"
#include "service/planner/exact.h"
#include "service/planner/partial_bound.h"
#include "service/planner/phase_plan.h"
#include "service/planner/problem.h"

namespace kirikae::planner {

/// Gathers the bounds of the phase planner, of counting (placed_bound) and of PartialBound. The
/// arguments of the constructor must outlive this object. Not thread-safe.
class PlanBounds {
 public:
  PlanBounds(const PlanProblem& problem, const PhasePlanner& planner, Budget& budget);

  /// Whether a plan leaves out more than no plan can place.
  bool LeavesOutMore(const Finish& finish) const;
  /// Bounds the weight left out, as closely as it takes to prove that of `finish`.
  void BoundLeft(const Finish& finish);
  /// The least weight that any plan leaves out, as far as BoundLeft() knows.
  double least_left() const { return least_left_; }
  /// Whether more weight than that of `finish` may be placed, as far as BoundLeft() knows.
  bool MayPlaceMore(const Finish& finish) const { return finish.left_weight > least_left_ + 1e-9; }

  /// By phase: the last day (-1: empty) with which a plan may place what BoundLeft() allows. Empty
  /// where that is not known.
  std::vector<int> DivisionEnds();

  /// By phase, for plans that leave out no more weight than `finish` and end the earlier phases as
  /// it does: no last day is earlier. -1: none known.
  std::vector<int> PartialDays(const Finish& finish);
  /// Whether no plan leaves out less, and every phase ends on its bound.
  bool Proven(const Finish& finish);
  /// Gives `goal` the bounds that hold for plans no worse than `finish`.
  void Refresh(SearchGoal& goal, const Finish& finish);

 private:
  double PossibleWeight() const;
  std::vector<int> WholeDays(const Finish& finish);

  const PhasePlanner& planner_;
  PartialBound partial_bound_;
  /// Whether the weight of every item is a whole number.
  bool whole_ = false;
  double least_left_ = 0;
};

}  // namespace kirikae::planner
