#include "service/planner/stability_bound.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "service/planner/price_bound.h"

namespace kirikae::planner {
namespace {

constexpr int kRounds = 400;
/// Every cost is a multiple of this.
constexpr double kCostStep = 0.25;

}  // namespace

std::vector<std::pair<int, int>> PhaseDays(const State& plan) {
  std::vector<std::pair<int, int>> days;
  int begin = 0;
  for (size_t p = 0; p < plan.model().phases.size(); ++p) {
    const int last = plan.PhaseSpan(static_cast<int>(p)).second;
    days.emplace_back(begin, last);
    if (last >= 0) begin = last + 1 + plan.model().phases[p].soak;
  }
  return days;
}

double CheapestCells(const Disturbance& disturbance, const Model& model,
                     const std::vector<std::pair<int, int>>& days) {
  double bound = 0;
  for (size_t u = 0; u < model.units.size(); ++u) {
    const Unit& unit = model.units[u];
    // Not a structured binding: Clang 14 can't capture one in a lambda.
    const int from = days[unit.phase].first, to = days[unit.phase].second;
    bound += unit.fixed_cell >= 0 ? disturbance.Cost(static_cast<int>(u), unit.fixed_cell)
                                  : disturbance.Least(static_cast<int>(u), [&](int cell) {
                                      const int day = model.DayOf(cell);
                                      return day >= from && day <= to && model.IsOpen(cell) &&
                                             AllowedOnDay(model, unit, day) &&
                                             ServedBy(model, unit, model.TeamOf(cell));
                                    });
  }
  return bound;
}

double PricedStability(const Disturbance& disturbance, const State& fixed, const State& plan,
                       const std::vector<std::vector<int>>& units, Budget& budget) {
  const Model& model = fixed.model();
  const std::vector<std::pair<int, int>> days = PhaseDays(plan);
  // What it costs to place nothing; what placing a unit saves is then what it is worth.
  double nothing = 0, placed = 0;
  for (size_t u = 0; u < model.units.size(); ++u) {
    nothing += disturbance.Cost(static_cast<int>(u), model.units[u].fixed_cell);
  }
  std::map<std::pair<int, int>, PricedRow> rows;
  for (const std::vector<int>& phase : units) {
    for (const int u : phase) {
      const Unit& unit = model.units[u];
      if (plan.CellOf(u) >= 0) placed += unit.weight;
      const bool published = disturbance.Cost(u, -1) > 0;
      PricedRow& row = rows[{unit.class_id, published ? u : -1}];
      row.unit = &unit;
      row.first = days[unit.phase].first;
      row.last = days[unit.phase].second;
      ++row.count;
      if (!published) continue;
      std::vector<char> seen(model.day_count(), 0);
      disturbance.EachWantedDay(u, [&](int of) {
        if (std::exchange(seen[of], 1) != 0) return;
        for (int i = 0; i < model.cells_per_day(); ++i) {
          const int cell = of * model.cells_per_day() + i;
          const double saved = disturbance.Cost(u, -1) - disturbance.Cost(u, cell);
          if (saved > 0) row.extra.emplace_back(cell, saved);
        }
      });
    }
  }
  std::vector<PricedRow> list;
  list.reserve(rows.size());
  for (auto& [key, row] : rows) list.push_back(std::move(row));
  PriceBound bound(fixed, std::move(list));
  if (!bound.usable()) return 0;
  const double enough = nothing - StabilityCost(disturbance, plan) + kCostStep - 1e-6;
  const double saved = bound.MostWorthPlacing(placed, enough, kRounds, budget);
  return std::ceil((nothing - saved) / kCostStep - 1e-6) * kCostStep;
}

}  // namespace kirikae::planner
