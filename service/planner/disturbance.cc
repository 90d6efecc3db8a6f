#include "service/planner/disturbance.h"

#include <algorithm>
#include <optional>

namespace kirikae::planner {
namespace {

constexpr int kNearDays = 5;

}  // namespace

Disturbance::Disturbance(const PlanProblem& problem, const Model& model)
    : model_(model), of_unit_(model.units.size()) {
  for (size_t i = 0; i < problem.items.size(); ++i) {
    const std::optional<Position>& published = problem.items[i].published;
    if (!published.has_value()) continue;
    const int index = model.FirstOnOrAfter(published->day);
    const bool open = index < model.day_count() && model.days[index] == published->day;
    of_unit_[model.unit_of_item[i]].push_back(
        {open ? index : -1, model.CellOf(*published), index < kNearDays ? 3.0 : 1.0});
    any_ = true;
  }
}

double Disturbance::Cost(int unit, int cell) const {
  double cost = 0;
  for (const Row& row : of_unit_[unit]) {
    if (cell < 0 || model_.DayOf(cell) != row.day) {
      cost += row.day_cost;
    } else if (cell != row.cell) {
      cost += 0.25;
    }
  }
  return cost;
}

double Disturbance::Least(int unit, const std::function<bool(int cell)>& allowed) const {
  double least = Cost(unit, -1);
  for (const Row& row : of_unit_[unit]) {
    if (row.day < 0) continue;
    for (int i = 0; i < model_.cells_per_day(); ++i) {
      const int cell = row.day * model_.cells_per_day() + i;
      if (allowed(cell)) least = std::min(least, Cost(unit, cell));
    }
  }
  return least;
}

double StabilityCost(const Disturbance& disturbance, const State& state) {
  double cost = 0;
  for (size_t u = 0; u < state.model().units.size(); ++u) {
    cost += disturbance.Cost(static_cast<int>(u), state.CellOf(static_cast<int>(u)));
  }
  return cost;
}

}  // namespace kirikae::planner
