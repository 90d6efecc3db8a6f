// Finds the smallest changes that let what is left out be placed.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "service/planner/problem.h"
#include "service/planner/solution.h"

namespace kirikae::planner {

/// Solves a changed problem for this search and gives what it leaves out; nothing when it cannot or
/// may not any more.
using TrialSolve = std::function<std::optional<std::vector<Left>>(const PlanProblem&)>;

struct Relaxations {
  std::vector<Relaxation> found;
  /// Ids of items that stay out even with every deadline gone, a year more, half again as much of
  /// every team, every share and limit lifted and one more team, or only come in for others.
  std::vector<std::string> beyond_help;
};

/// The fewest further days of a phase's deadline or of the calendar, the fewest further minutes or
/// devices per slot of one team, the smallest share or limit of a pool or share of all departments
/// (in steps of 5 %), the fewest further tickets of the help desk, and one more team: each that by
/// itself lets everything be placed that any of them together could. Where none does, the first one
/// offered is several together, of which none can be done without, each as small as it can be with
/// the others. Then, where items of a phase are left out for other reasons than others, those that
/// help them alone. Each is verified by solving the changed problem; smallest is found by
/// bisection. `shortages` are said with the first.
Relaxations FindRelaxations(const PlanProblem& problem, const PlanSolution& solution,
                            const std::vector<domain::Sentence>& shortages,
                            const TrialSolve& solve);

}  // namespace kirikae::planner
