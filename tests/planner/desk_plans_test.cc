#include "service/planner/desk_plans.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/planner/dice.h"
#include "tests/planner/problems.h"

namespace kirikae::planner {
namespace {

using ::testing::ElementsAre;

constexpr int64_t kMany = 100;

Model DeskModel(int days, std::vector<double> tickets, double limit, std::vector<double> carried) {
  PlanProblem problem = OneTeam(days);
  problem.policy.help_desk = {std::move(tickets), limit, std::move(carried)};
  for (int i = 0; i < 20; ++i) AddItem(problem, "i" + std::to_string(i), 5);
  return BuildModel(problem);
}

TEST(DeskPlans, AreOfWholeDevicesWithTheTicketsOfTheDaysBefore) {
  const Model model = DeskModel(2, {0.4, 0.2}, 1, {});
  const State fixed(model);
  DeskPlans plans(fixed, 0, 1, {kMany, kMany});
  ASSERT_TRUE(plans.usable());
  DeskPlans::Plan plan = plans.Best({1, 1});
  // Two on the first day leave one for the second (0.4 + 0.4).
  EXPECT_EQ(plan.worth, 3);
  plan = plans.Best({1, 3});
  EXPECT_THAT(plan.devices, ElementsAre(1, 2));
}

TEST(DeskPlans, LookAtTheDaysAfterTheLastOne) {
  // The carried tickets of the third day leave room for one device's.
  const Model model = DeskModel(3, {0.1, 0.1}, 1, {0, 0, 0.9});
  const State fixed(model);
  DeskPlans plans(fixed, 0, 1, {kMany, kMany});
  EXPECT_THAT(plans.Best({1, 2}).devices, ElementsAre(9, 1));
  // What is worth nothing is there too.
  EXPECT_THAT(plans.Best({0, 1}).devices, ElementsAre(9, 1));
}

TEST(DeskPlans, AreNotUsableWithoutATicket) {
  const Model model = DeskModel(2, {0, 0}, 1, {});
  EXPECT_FALSE(DeskPlans(State(model), 0, 1, {kMany, kMany}).usable());
}

/// The most that any plan of the model's days is worth, by trying them all.
double MostByTrying(const Model& model, const std::vector<double>& prices, std::vector<int>& plan,
                    size_t day) {
  if (day == prices.size()) {
    const int span = static_cast<int>(model.tickets.size());
    double worth = 0;
    for (int d = 0; d < model.day_count(); ++d) {
      double load = 0;
      for (int k = 0; k < span && k <= d; ++k) load += model.tickets[k] * plan[d - k];
      if (load > 0 && load + model.carried_tickets[d] > model.ticket_limit + 1e-9) return -1;
      worth += prices[d] * plan[d];
    }
    return worth;
  }
  double most = -1;
  for (plan[day] = 0; plan[day] <= 4; ++plan[day]) {
    most = std::max(most, MostByTrying(model, prices, plan, day + 1));
  }
  plan[day] = 0;
  return most;
}

TEST(DeskPlans, BestIsWhatTryingAllGives) {
  TestDice dice(7);
  for (int round = 0; round < 60; ++round) {
    std::vector<double> tickets, carried, prices;
    for (int k = dice.From(1, 3); k > 0; --k) tickets.push_back(0.05 * dice.Below(4));
    for (int d = 0; d < 4; ++d) carried.push_back(0.05 * dice.Below(6));
    for (int d = 0; d < 4; ++d) prices.push_back(0.5 * dice.Below(5));
    const Model model = DeskModel(4, tickets, 0.05 * dice.From(4, 9), carried);
    const State fixed(model);
    DeskPlans plans(fixed, 0, 3, {4, 4, 4, 4});
    if (!plans.usable()) continue;
    const DeskPlans::Plan plan = plans.Best(prices);
    std::vector<int> tried(4, 0);
    EXPECT_NEAR(plan.worth, MostByTrying(model, prices, tried, 0), 1e-9) << "round " << round;
  }
}

}  // namespace
}  // namespace kirikae::planner
