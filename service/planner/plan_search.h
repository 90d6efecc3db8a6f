// Finds the best plan by PLACED and FINISH, as far as the searches find and prove it.
#pragma once

#include <vector>

#include "service/planner/budget.h"
#include "service/planner/disturbance.h"
#include "service/planner/exact.h"
#include "service/planner/model.h"
#include "service/planner/phase_plan.h"
#include "service/planner/plan_bounds.h"
#include "service/planner/problem.h"
#include "service/planner/solver.h"

namespace kirikae::planner {

/// Holds what all searches of one solve share. `problem` must outlive this object. Not thread-safe.
class PlanSearch {
 public:
  PlanSearch(const PlanProblem& problem, const SolveOptions& options);
  PlanSearch(const PlanSearch&) = delete;
  PlanSearch& operator=(const PlanSearch&) = delete;

  /// The best plan, from the phase planner's first one on.
  void Find(Assignment& best, Finish& finish);
  /// Where something is left out and a phase may end earlier: solves the problem with a deadline a
  /// day before its end. An early phase may then have other units, or none.
  void TryEarlierEnds(Assignment& best, Finish& finish);
  /// A whole search proved that no plan is better by PLACED and FINISH than that of Find().
  bool searched() const { return searched_; }

  const PlanProblem& problem() const { return problem_; }
  const Model& model() const { return model_; }
  Budget& budget() { return budget_; }
  const Disturbance& disturbance() const { return disturbance_; }
  PhasePlanner& planner() { return planner_; }
  PlanBounds& bounds() { return bounds_; }
  /// All objectives, most important first.
  const std::vector<Objective>& objectives() const { return objectives_; }
  /// See CoreOrder().
  const std::vector<Objective>& core() const { return core_; }
  size_t unit_count() const { return planner_.unit_count(); }
  /// More places than a whole search may list.
  bool TooManyPlaces() const;
  /// A goal with the bounds that hold for plans no worse than `finish`.
  SearchGoal GoalFor(const Finish& finish, std::vector<Objective> order);

 private:
  bool WholeIsEnough() const;
  void SearchAround(Assignment& best, Finish& finish);
  void SearchAlongDivision(Assignment& best, Finish& finish);
  void SearchWhole(Assignment& best, Finish& finish);

  const PlanProblem& problem_;
  const SolveOptions options_;
  const std::vector<Objective> objectives_;
  const std::vector<Objective> core_;
  const Model model_;
  Budget budget_;
  const Disturbance disturbance_;
  PhasePlanner planner_;
  PlanBounds bounds_;
  bool searched_ = false;
  /// False once a whole search of few units did not complete.
  bool whole_was_enough_ = true;
};

}  // namespace kirikae::planner
