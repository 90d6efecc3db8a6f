// The cost of moving items away from their published positions.
#pragma once

#include <functional>
#include <vector>

#include "service/planner/model.h"
#include "service/planner/problem.h"
#include "service/planner/state.h"

namespace kirikae::planner {

/// The cost of each unit in each cell: 1 for another day (or none), 2 more when the published day
/// is among the first 5 open days or before them; 0.25 for another slot or team. The model must
/// outlive this object.
class Disturbance {
 public:
  Disturbance(const PlanProblem& problem, const Model& model);

  /// Whether any item has a published position.
  bool any() const { return any_; }
  /// `cell` -1: the cost of not placing the unit.
  double Cost(int unit, int cell) const;
  /// The least cost of the unit over the `allowed` cells of its published days and over any other
  /// day.
  double Least(int unit, const std::function<bool(int cell)>& allowed) const;
  /// The cell, and the day, in which the unit's first published item was; -1: none.
  int Wanted(int unit) const { return of_unit_[unit].empty() ? -1 : of_unit_[unit].front().cell; }
  int WantedDay(int unit) const { return of_unit_[unit].empty() ? -1 : of_unit_[unit].front().day; }
  /// Calls `each` with every cell in which an item of the unit was published.
  void EachWanted(int unit, const std::function<void(int cell)>& each) const {
    for (const Row& row : of_unit_[unit]) {
      if (row.cell >= 0) each(row.cell);
    }
  }
  /// Calls `each` with every open day on which an item of the unit was published.
  void EachWantedDay(int unit, const std::function<void(int day)>& each) const {
    for (const Row& row : of_unit_[unit]) {
      if (row.day >= 0) each(row.day);
    }
  }
  /// Whether both units cost the same in every cell.
  bool Alike(int unit, int other) const { return of_unit_[unit] == of_unit_[other]; }

 private:
  struct Row {
    int day;
    int cell;
    double day_cost;

    friend bool operator==(const Row&, const Row&) = default;
  };
  const Model& model_;
  std::vector<std::vector<Row>> of_unit_;
  bool any_ = false;
};

/// The cost of the whole plan.
double StabilityCost(const Disturbance& disturbance, const State& state);

}  // namespace kirikae::planner
