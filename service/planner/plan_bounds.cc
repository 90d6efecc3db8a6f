#include "service/planner/plan_bounds.h"

#include <algorithm>
#include <cmath>

#include "service/planner/placed_bound.h"
#include "service/planner/search_limits.h"

namespace kirikae::planner {

PlanBounds::PlanBounds(const PlanProblem& problem, const PhasePlanner& planner, Budget& budget)
    : planner_(planner),
      partial_bound_(planner.fixed(), planner.all_units(), budget),
      whole_(std::all_of(problem.items.begin(), problem.items.end(),
                         [](const Item& i) { return i.weight == std::floor(i.weight); })) {}

bool PlanBounds::LeavesOutMore(const Finish& finish) const {
  return finish.left_weight > planner_.impossible_weight() + 1e-9;
}

double PlanBounds::PossibleWeight() const {
  double weight = 0;
  for (const std::vector<int>& phase : planner_.all_units()) {
    for (const int u : phase) weight += planner_.fixed().model().units[u].weight;
  }
  return weight;
}

void PlanBounds::BoundLeft(const Finish& finish) {
  const double impossible = planner_.impossible_weight();
  std::vector<int> possible;
  for (const std::vector<int>& phase : planner_.all_units()) {
    possible.insert(possible.end(), phase.begin(), phase.end());
  }
  double least = LeastLeftOut(planner_.fixed(), possible);
  if (partial_bound_.usable()) {
    const double placed = PossibleWeight() - (finish.left_weight - impossible);
    least = std::max(least, PossibleWeight() - partial_bound_.MostWeight(placed));
  }
  least += impossible;
  // Items are left out whole, so whole weights round up. The factor removes rounding errors of the
  // sums.
  least = whole_ ? std::ceil(least - 1e-6) : least * (1 - 1e-9);
  least_left_ = std::max(least_left_, least);
}

std::vector<int> PlanBounds::DivisionEnds() {
  if (!partial_bound_.usable()) return {};
  return partial_bound_.DivisionEnds();
}

std::vector<int> PlanBounds::PartialDays(const Finish& finish) {
  if (!partial_bound_.usable()) return std::vector<int>(finish.last_day.size(), -1);
  const double left = finish.left_weight - planner_.impossible_weight();
  return partial_bound_.LastDays(PossibleWeight() - left, finish.last_day);
}

/// The same for plans that place everything possible.
std::vector<int> PlanBounds::WholeDays(const Finish& finish) {
  std::vector<int> days(finish.last_day.size(), -1);
  // In large problems the planner's own bounds do, and cost less.
  if (planner_.unit_count() <= kNeighbourhoodUnits) days = PartialDays(finish);
  for (size_t p = 0; p < days.size(); ++p) days[p] = std::max(days[p], planner_.bounds()[p].day);
  return days;
}

bool PlanBounds::Proven(const Finish& finish) {
  if (LeavesOutMore(finish)) return !MayPlaceMore(finish) && PartialDays(finish) == finish.last_day;
  const auto on_bound = [&] {
    for (size_t p = 0; p < finish.last_day.size(); ++p) {
      if (finish.last_day[p] != planner_.bounds()[p].day) return false;
    }
    return true;
  };
  return on_bound() || WholeDays(finish) == finish.last_day;
}

void PlanBounds::Refresh(SearchGoal& goal, const Finish& finish) {
  goal.bounded_left = planner_.impossible_weight();
  if (LeavesOutMore(finish)) {
    goal.bounds = PartialDays(finish);
    goal.bounded_left = finish.left_weight;
    goal.least_left = least_left_;
    return;
  }
  goal.bounds = WholeDays(finish);
}

}  // namespace kirikae::planner
