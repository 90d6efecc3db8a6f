// What a plan leaves out, in groups that people can talk about.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "service/planner/problem.h"
#include "service/planner/solution.h"

namespace kirikae::planner {

/// Items left out for the same reasons, of one group or, without a group, of one department.
struct LeftGroup {
  /// The codes of the reasons in their order, each once.
  std::vector<LeftCode> codes;
  /// The reasons that all of the items have word for word.
  std::vector<LeftReason> reasons;
  /// Empty for items that go by their department.
  std::string group;
  /// The department; of a group, that of its first item.
  std::string department;
  /// Ids, in the problem's order. Minutes and weight are their sums.
  std::vector<std::string> items;
  int64_t minutes = 0;
  double weight = 0;

  friend bool operator==(const LeftGroup&, const LeftGroup&) = default;
};

/// The items that `solution` leaves out, each in one group; those with most items first, then in
/// the problem's order. Items that the problem does not have are skipped. Thread-safe.
std::vector<LeftGroup> GroupLeft(const PlanProblem& problem, const PlanSolution& solution);

}  // namespace kirikae::planner
