// Finds every fault of a problem before it is solved.
#pragma once

#include <string>
#include <vector>

#include "service/domain/sentence.h"
#include "service/planner/problem.h"

namespace kirikae::planner {

/// A fault and its field path in the names of the file form, such as `items[3].phase`.
struct Fault {
  std::string path;
  domain::Sentence text;

  friend bool operator==(const Fault&, const Fault&) = default;
};

/// Every fault of `problem`, in the order of its fields; empty when it can be solved. Fixed items
/// are checked against each other only when all their references are valid.
std::vector<Fault> Validate(const PlanProblem& problem);

}  // namespace kirikae::planner
