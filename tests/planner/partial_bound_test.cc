#include "service/planner/partial_bound.h"

#include <gtest/gtest.h>

#include <numeric>
#include <vector>

#include "service/planner/model.h"
#include "tests/planner/problems.h"

namespace kirikae::planner {
namespace {

TEST(PartialBound, BeginsNoWorkOnceTheStepsAreUsedAndStaysABound) {
  PlanProblem problem = OneTeam(3);
  // Counting finds three slots for them; only a closer look sees that they have but one day.
  for (const char* id : {"a", "b", "c", "d", "e"}) {
    AddItem(problem, id, 60).not_after = problem.calendar.first_day;
  }
  const Model model = BuildModel(problem);
  const State fixed(model);
  std::vector<int> all(model.units.size());
  std::iota(all.begin(), all.end(), 0);
  const std::vector<std::vector<int>> units = {all};

  Budget enough(1'000'000, nullptr);
  EXPECT_DOUBLE_EQ(PartialBound(fixed, units, enough).MostWeight(), 1);
  Budget used(1, nullptr);
  used.Spend(1);
  EXPECT_DOUBLE_EQ(PartialBound(fixed, units, used).MostWeight(), 3);
}

}  // namespace
}  // namespace kirikae::planner
