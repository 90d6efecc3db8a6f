// Finds the smallest changes of a problem that let the items left out be placed.
#pragma once

#include <string>
#include <vector>

#include "service/planner/problem.h"
#include "service/planner/relax_steps.h"
#include "service/planner/solution.h"

namespace kirikae::planner {

struct Relaxations {
  std::vector<Relaxation> found;
  /// See FindSteps(); one step where a single change places everything.
  std::vector<Relaxation> steps;
  /// Ids of items that no change offered can place: they stay out with every deadline lifted, a
  /// year more, half again as much of every team, every share and limit lifted and one more team;
  /// or they come in only in place of others.
  std::vector<std::string> beyond_help;
};

/// Offers these changes: later deadline of a phase or end of the calendar (days), more minutes or
/// devices per slot of one team, larger share or limit of a pool, larger share of all departments
/// (in steps of 5 %), more help-desk tickets, one more team. An offer is the smallest amount of one
/// change that alone places everything that all changes together could place. When no single change
/// does, the first offer combines several; each is as small as the others allow and none can be
/// left out. Where items of a phase are left out for different reasons, offers that help only some
/// of them follow. Every offer is verified by solving the changed problem; bisection finds the
/// smallest amount. The first offer's effect includes `shortages`.
Relaxations FindRelaxations(const PlanProblem& problem, const PlanSolution& solution,
                            const std::vector<domain::Sentence>& shortages,
                            const TrialSolve& solve);

}  // namespace kirikae::planner
