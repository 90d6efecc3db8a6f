#include "service/planner/stability_search.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "service/planner/cap_trials.h"
#include "service/planner/improve.h"
#include "service/planner/neighbourhood.h"
#include "service/planner/objectives.h"
#include "service/planner/search_limits.h"
#include "service/planner/stability_bound.h"

namespace kirikae::planner {
namespace {

/// Number of plans around the published positions; steps after which no further one begins.
constexpr int kMostArounds = 30;
constexpr int64_t kAroundSteps = 10'000'000;

}  // namespace

void StabilitySearch::PreferPublished(Assignment& best, const Finish& finish) {
  const Model& model = search_.model();
  Budget& budget = search_.budget();
  const bool stay_first = StabilityBefore(search_.core(), Objective::kFinish);
  const std::vector<int> caps = stay_first ? OpenCaps(model) : finish.last_day;
  const int64_t steps_end = budget.steps() + kAroundSteps;
  double least = ImprovedCost(best);
  State first(model);
  Restore(first, best);
  const double bound = CheapestPlaces(first);
  for (int attempt = 0; attempt < kMostArounds; ++attempt) {
    if (least <= bound + 1e-9 || budget.Exhausted() || budget.steps() > steps_end) return;
    const Assignment around = search_.planner().PlanAround(search_.disturbance(), caps, 3 * attempt,
                                                           static_cast<uint64_t>(attempt));
    const Finish judged = Judge(model, around);
    const bool as_good =
        stay_first ? judged.left_weight <= finish.left_weight + 1e-9 : Compare(judged, finish) <= 0;
    if (!as_good) continue;
    const double cost = ImprovedCost(around);
    if (cost >= least) continue;
    least = cost;
    best = around;
  }
}

/// The disturbance of a plan after every unit that can has returned to its published cell.
double StabilitySearch::ImprovedCost(const Assignment& assignment) {
  State state(search_.model());
  Restore(state, assignment);
  Improve(search_.problem(), {Objective::kPlaced, Objective::kFinish, Objective::kStability}, state,
          search_.budget());
  return StabilityCost(search_.disturbance(), state);
}

double StabilitySearch::CheapestPlaces(const State& plan) const {
  const Model& model = search_.model();
  if (StabilityBefore(search_.core(), Objective::kFinish)) {
    return CheapestCells(
        search_.disturbance(), model,
        std::vector<std::pair<int, int>>(model.phases.size(), {0, model.day_count() - 1}));
  }
  return CheapestCells(search_.disturbance(), model, PhaseDays(plan));
}

double StabilitySearch::Bound(const State& plan) const {
  return std::max(priced_, CheapestPlaces(plan));
}

/// Bounds the disturbance by prices. True when that proves the disturbance of `plan`.
bool StabilitySearch::Price(const State& plan) {
  priced_ =
      std::max(priced_, PricedStability(search_.disturbance(), search_.planner().fixed(), plan,
                                        search_.planner().all_units(), search_.budget()));
  return StabilityCost(search_.disturbance(), plan) <= priced_ + 1e-9;
}

bool StabilitySearch::Search(State& plan) {
  const Model& model = search_.model();
  const Disturbance& disturbance = search_.disturbance();
  Budget& budget = search_.budget();
  if (search_.unit_count() > kProvableUnits || search_.TooManyPlaces() || budget.Exhausted()) {
    return false;
  }
  if (!disturbance.any() || !Lists(search_.objectives(), Objective::kStability) ||
      StabilityBefore(search_.core(), Objective::kFinish) ||
      StabilityCost(disturbance, plan) <= CheapestPlaces(plan) + 1e-9 || Price(plan)) {
    return false;
  }
  const Finish finish = FinishOf(plan);
  SearchGoal goal =
      search_.GoalFor(finish, {Objective::kPlaced, Objective::kFinish, Objective::kStability});
  goal.disturbance = &disturbance;
  goal.least_cost = priced_;
  const Assignment around =
      SearchNeighbourhoods(model, AssignmentOf(plan), goal, kNeighbourhoodSteps, budget);
  if (Compare(Judge(model, around), finish) == 0) {
    Restore(plan, around);
    if (StabilityCost(disturbance, plan) <= priced_ + 1e-9) {
      Improve(search_.problem(), search_.objectives(), plan, budget);
      return false;
    }
  }
  const ExactResult result = SearchExactly(model, AssignmentOf(plan), goal, kProofNodes, budget);
  proven_ = result.proven;
  if (result.assignment == AssignmentOf(plan)) return proven_;
  Restore(plan, result.assignment);
  if (Compare(FinishOf(plan), finish) != 0) priced_ = 0;
  Improve(search_.problem(), search_.objectives(), plan, budget);
  if (!proven_) Price(plan);
  return proven_;
}

}  // namespace kirikae::planner
