#include "service/planner/plan_search.h"

#include <algorithm>
#include <utility>

#include "service/planner/cap_trials.h"
#include "service/planner/horizon.h"
#include "service/planner/neighbourhood.h"
#include "service/planner/objectives.h"
#include "service/planner/search_limits.h"

namespace kirikae::planner {
namespace {

/// Trials of an earlier end for a phase; the steps of each.
constexpr int kMostEarlierEnds = 4;
constexpr int64_t kEarlierEndSteps = 12'000'000;
/// Searches along one division of the days, for up to kProvableUnits units.
constexpr int kDivisionTurns = 6;

}  // namespace

PlanSearch::PlanSearch(const PlanProblem& problem, const SolveOptions& options)
    : problem_(problem),
      options_(options),
      objectives_(ObjectivesOf(problem.policy)),
      core_(CoreOrder(objectives_)),
      model_(BuildModel(problem, LastUsefulDay(problem))),
      budget_(options.max_steps, options.should_stop),
      disturbance_(problem, model_),
      planner_(model_, budget_),
      bounds_(problem, planner_, budget_) {}

void PlanSearch::Find(Assignment& best, Finish& finish) {
  best = planner_.Plan(OpenCaps(model_));
  finish = Judge(model_, best);
  if (bounds_.LeavesOutMore(finish)) {
    bounds_.BoundLeft(finish);
    CapTrials(planner_, bounds_, budget_).Run(best, finish);
  }
  if (!bounds_.Proven(finish)) SearchAround(best, finish);
  if (bounds_.LeavesOutMore(finish)) {
    bounds_.BoundLeft(finish);
    SearchAlongDivision(best, finish);
  }
  if (!bounds_.Proven(finish)) SearchWhole(best, finish);
  if (searched_ || !WholeIsEnough() || bounds_.Proven(finish)) return;
  whole_was_enough_ = false;
  SearchAround(best, finish);
  if (!bounds_.LeavesOutMore(finish)) return;
  bounds_.BoundLeft(finish);
  SearchAlongDivision(best, finish);
}

/// Whether the units are so few that a whole search is expected to complete.
bool PlanSearch::WholeIsEnough() const { return whole_was_enough_ && unit_count() <= kExactUnits; }

void PlanSearch::TryEarlierEnds(Assignment& best, Finish& finish) {
  const size_t units = unit_count();
  if (units <= kExactUnits || units > kProvableUnits || searched_ || TooManyPlaces()) return;
  for (int turn = 0; turn < kMostEarlierEnds && bounds_.LeavesOutMore(finish); ++turn) {
    if (budget_.Exhausted() || bounds_.MayPlaceMore(finish)) return;
    const std::vector<int> bounds = bounds_.PartialDays(finish);
    size_t open = 0;
    while (open < bounds.size() && bounds[open] == finish.last_day[open]) ++open;
    if (open == bounds.size()) return;
    PlanProblem earlier = problem_;
    earlier.phases[open].deadline = model_.days[finish.last_day[open]] - 1;
    SolveOptions options = options_;
    options.max_steps = std::min(options_.max_steps, kEarlierEndSteps);
    PlanSearch search(earlier, options);
    Assignment attempt;
    Finish judged;
    search.Find(attempt, judged);
    budget_.Spend(search.budget_.steps());
    if (Compare(judged, finish) >= 0) return;
    best = std::move(attempt);
    finish = Judge(model_, best);
  }
}

bool PlanSearch::TooManyPlaces() const {
  return unit_count() * static_cast<size_t>(model_.cell_count()) > kMostPlaces;
}

SearchGoal PlanSearch::GoalFor(const Finish& finish, std::vector<Objective> order) {
  SearchGoal goal;
  bounds_.Refresh(goal, finish);
  goal.order = std::move(order);
  return goal;
}

/// Improves a plan that has a gap and is too large for a whole search.
void PlanSearch::SearchAround(Assignment& best, Finish& finish) {
  const size_t units = unit_count();
  const size_t most = bounds_.LeavesOutMore(finish) && bounds_.MayPlaceMore(finish)
                          ? kMostNeighbourhoodUnits
                          : kNeighbourhoodUnits;
  if (WholeIsEnough() || units > most || TooManyPlaces() || budget_.Exhausted()) return;
  const SearchGoal goal = GoalFor(finish, {Objective::kPlaced, Objective::kFinish});
  best = SearchNeighbourhoods(model_, best, goal, kNeighbourhoodSteps, budget_);
  finish = Judge(model_, best);
}

/// Where more may be placed: improves the plan whose phases end as the bound's best division of the
/// days does, though it may begin worse than the best one; and the best one again, by other ways.
void PlanSearch::SearchAlongDivision(Assignment& best, Finish& finish) {
  const size_t units = unit_count();
  if (WholeIsEnough() || units > kNeighbourhoodUnits || TooManyPlaces()) return;
  const int turns = units > kProvableUnits ? 1 : kDivisionTurns;
  std::vector<int> ends;
  for (int turn = 0; bounds_.MayPlaceMore(finish) && !budget_.Exhausted(); ++turn) {
    const std::vector<int> latest = bounds_.DivisionEnds();
    if (latest.empty() || (turn >= turns && latest == ends)) return;
    if (latest != ends) turn = 0;
    ends = latest;
    const Assignment start = turn % 2 == 0 ? planner_.Plan(ends) : best;
    const SearchGoal goal = GoalFor(finish, {Objective::kPlaced, Objective::kFinish});
    Assignment attempt = SearchNeighbourhoods(model_, start, goal, kNeighbourhoodSteps, budget_,
                                              1 + static_cast<uint64_t>(turn));
    Finish judged = Judge(model_, attempt);
    if (Compare(judged, finish) >= 0) continue;
    best = std::move(attempt);
    finish = std::move(judged);
    bounds_.BoundLeft(finish);
  }
}

void PlanSearch::SearchWhole(Assignment& best, Finish& finish) {
  const size_t units = unit_count();
  if (units > kProvableUnits || TooManyPlaces() || budget_.Exhausted()) return;
  const SearchGoal goal = GoalFor(finish, {Objective::kPlaced, Objective::kFinish});
  ExactResult result =
      SearchExactly(model_, best, goal, units > kExactUnits ? kProofNodes : kExactNodes, budget_);
  searched_ = result.proven;
  best = std::move(result.assignment);
  finish = Judge(model_, best);
}

}  // namespace kirikae::planner
