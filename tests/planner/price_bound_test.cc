#include "service/planner/price_bound.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <string>
#include <vector>

#include "service/planner/model.h"
#include "service/planner/partial_bound.h"
#include "service/planner/stability_bound.h"
#include "service/planner/window_count.h"
#include "service/planner/window_flow.h"
#include "tests/planner/problems.h"
#include "tests/support/plan_oracle.h"

namespace kirikae::planner {
namespace {

std::vector<int> AllUnits(const Model& model) {
  std::vector<int> all;
  for (int u = 0; u < static_cast<int>(model.units.size()); ++u) {
    if (model.units[u].fixed_cell < 0) all.push_back(u);
  }
  return all;
}

std::vector<PricedRow> RowsOf(const Model& model) {
  std::vector<PricedRow> rows;
  for (const UnitClass& row : model.classes) {
    PricedRow priced;
    priced.unit = &model.units[row.units.front()];
    priced.count = static_cast<int64_t>(row.units.size());
    priced.last = model.day_count() - 1;
    priced.worth = priced.unit->weight;
    rows.push_back(priced);
  }
  return rows;
}

double ByPrices(const Model& model) {
  const State fixed(model);
  Budget budget(100'000'000, nullptr);
  PriceBound bound(fixed, RowsOf(model));
  EXPECT_TRUE(bound.usable());
  return bound.MostWorth(0, 400, budget);
}

/// Minutes alone say five; no two of 60 share a slot of 100.
TEST(PriceBound, SeesThatLongUnitsDoNotShareASlot) {
  PlanProblem problem = OneTeam(3);
  for (const char* id : {"a", "b", "c", "d", "e"}) AddItem(problem, id, 60);
  const Model model = BuildModel(problem);
  EXPECT_NEAR(ByPrices(model), 3, 1e-3);
}

TEST(PriceBound, CountsAVisitForEachSiteOfASlot) {
  PlanProblem problem = OneTeam(2);
  problem.policy.visit_minutes = 40;
  for (int i = 0; i < 4; ++i) {
    AddItem(problem, "i" + std::to_string(i), 20).site = "s" + std::to_string(i);
  }
  const Model model = BuildModel(problem);
  EXPECT_NEAR(ByPrices(model), 2, 1e-3);
}

TEST(PriceBound, SeesTheHelpDeskOfTheDaysAfter) {
  PlanProblem problem = OneTeam(4);
  problem.policy.help_desk = {{0.5, 0.5}, 1, {}};
  for (int i = 0; i < 8; ++i) AddItem(problem, "i" + std::to_string(i), 10);
  const Model model = BuildModel(problem);
  // Two on the first day leave none for the second; one each day is as many.
  EXPECT_LT(ByPrices(model), 5);
  EXPECT_GE(ByPrices(model), 4);
}

/// No bound is below what trying everything places.
TEST(PriceBound, NoBoundOfAnyKindIsBelowTheOracle) {
  int compared = 0;
  for (uint64_t seed = 5'000; seed < 5'400; ++seed) {
    const PlanProblem problem = RandomSmall(seed);
    if (!problem.policy.objectives.empty()) continue;
    bool any_fixed = false;
    for (const Item& item : problem.items) any_fixed |= item.fixed.has_value();
    if (any_fixed) continue;
    const auto best = SolveExhaustively(problem, 200'000);
    if (!best.has_value()) continue;
    ++compared;
    SCOPED_TRACE(seed);
    const Model model = BuildModel(problem);
    const State fixed(model);
    Budget budget(100'000'000, nullptr);
    std::vector<std::vector<int>> units(model.phases.size());
    for (const int u : AllUnits(model)) units[model.units[u].phase].push_back(u);
    PartialBound partial(fixed, units, budget);
    ASSERT_TRUE(partial.usable());
    EXPECT_GE(partial.MostWeight(best->placed_weight), best->placed_weight - 1e-6);
    const std::vector<int> days = partial.LastDays(best->placed_weight, best->last_day);
    for (size_t p = 0; p < days.size(); ++p) EXPECT_LE(days[p], best->last_day[p]);
    if (model.phases.size() > 1) continue;
    const int last = model.day_count() - 1;
    const std::vector<int> all = AllUnits(model);
    EXPECT_GE(WindowCount(fixed, all).Most(0, last), best->placed_weight - 1e-6);
    EXPECT_GE(MostByFlow(fixed, all, 0, last, budget), best->placed_weight - 1e-6);
    PriceBound prices(fixed, RowsOf(model));
    if (prices.usable()) {
      EXPECT_GE(prices.MostWorth(0, 200, budget), best->placed_weight - 1e-6);
    }
  }
  EXPECT_GT(compared, 150);
}

/// Half a unit a day lets the linear program alone place more than any plan does.
TEST(PriceBound, CountsWholeDevicesAtTheHelpDesk) {
  PlanProblem problem = OneTeam(4);
  problem.policy.help_desk = {{0.4, 0.2}, 1, {}};
  for (int i = 0; i < 20; ++i) AddItem(problem, "i" + std::to_string(i), 5);
  const Model model = BuildModel(problem);
  // Two on the first day leave one for the second (0.4 + 0.4), and so on.
  EXPECT_NEAR(ByPrices(model), 6, 1e-3);
}

/// Two units were published in a slot that holds one: one of them must move.
TEST(StabilityBound, UnitsCompeteForTheirPublishedCells) {
  PlanProblem problem = OneTeam(8);
  for (const char* id : {"a", "b"}) {
    AddItem(problem, id, 60).published = Position{problem.calendar.first_day, "day", "t"};
  }
  const Model model = BuildModel(problem);
  const Disturbance disturbance(problem, model);
  State plan(model);
  plan.Place(0, 0);
  plan.Place(1, 1);
  EXPECT_EQ(CheapestCells(disturbance, model, PhaseDays(plan)), 0);
  Budget budget(1'000'000, nullptr);
  EXPECT_EQ(PricedStability(disturbance, State(model), plan, {AllUnits(model)}, budget), 3);
}

}  // namespace
}  // namespace kirikae::planner
