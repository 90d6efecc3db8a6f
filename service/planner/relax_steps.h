// The changes of a problem as steps: the one that helps most first.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "service/planner/problem.h"
#include "service/planner/solution.h"

namespace kirikae::planner {

/// Solves a changed problem and returns what it leaves out. Absent: the solver can't or may not go
/// on.
using TrialSolve = std::function<std::optional<std::vector<Left>>(const PlanProblem&)>;

/// Changes to be made one after another. Each step is the single change that places most weight
/// after the steps before it, as small as that takes. Where no single change helps further, the
/// last step makes several together. All steps together place everything that `solution` leaves
/// out, except `beyond`; at most six steps. `places` of a step: the items that it adds. `leaves`:
/// those that it takes out again. Each step is verified by solving the problem with it and all
/// before it.
std::vector<Relaxation> FindSteps(const PlanProblem& problem, const PlanSolution& solution,
                                  const std::set<std::string>& beyond, const TrialSolve& solve);

}  // namespace kirikae::planner
