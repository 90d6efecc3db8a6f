// The changes of a problem that may place what is left out.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "service/domain/sentence.h"
#include "service/planner/change.h"
#include "service/planner/problem.h"
#include "service/planner/solution.h"

namespace kirikae::planner {

/// One change with an amount from 1 to `most`, or to `most_alone` when it is offered alone.
struct Adjustment {
  int64_t most = 0;
  int64_t most_alone = 0;
  std::function<Change(int64_t)> change;
  std::function<domain::Sentence(int64_t)> text;
  std::function<Measure(int64_t)> measure;
  /// The amount in the current combination; 0: not part of it.
  int64_t amount = 0;
};

/// The changes that may place what `solution` leaves out, in the order in which they are offered.
std::vector<Adjustment> ListAdjustments(const PlanProblem& problem, const PlanSolution& solution);

/// `problem` with every adjustment made whose amount is not 0.
PlanProblem Adjusted(const PlanProblem& problem, const std::vector<Adjustment>& adjustments);

}  // namespace kirikae::planner
