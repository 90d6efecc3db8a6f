#include "service/planner/explain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "service/planner/solver.h"
#include "tests/planner/problems.h"
#include "tests/support/plan_checker.h"

namespace kirikae::planner {
namespace {

using ::testing::IsEmpty;

const absl::CivilDay kFirst(2025, 5, 12);

TEST(Explain, RefusesUnknownItemsAndForeignSolutions) {
  PlanProblem problem = OneTeam(3);
  AddItem(problem, "a", 10);
  EXPECT_EQ(Explain(problem, {}, "b").status().code(), absl::StatusCode::kNotFound);
  PlanSolution foreign;
  foreign.placements = {{"x", kFirst, "day", "t"}};
  EXPECT_EQ(Explain(problem, foreign, "a").status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(Explain, NamesSoakAndFullTeam) {
  PlanProblem problem = OneTeam(6);
  AddItem(problem, "a", 100);
  problem.phases[0].soak_days = 1;
  problem.phases.push_back({"two", {}, {}, 0});
  AddItem(problem, "b", 90);
  AddItem(problem, "c", 80);
  const auto solution = Solve(problem);
  ASSERT_TRUE(solution.ok());
  const auto c = Explain(problem, *solution, "c");
  ASSERT_TRUE(c.ok());
  ASSERT_EQ(c->earlier.size(), 3u);
  EXPECT_EQ(c->earlier[0].reasons[0].code, LeftCode::kCapacity);
  EXPECT_EQ(c->earlier[1].reasons[0].code, LeftCode::kPhaseOrder);
  EXPECT_EQ(c->earlier[2].reasons[0].text.English(),
            "The team t has no room left there for 80 minutes");
  EXPECT_EQ(c->earliest_alone, kFirst);
}

/// Removes the cause that `reason` names for the slot.
bool TakeAway(PlanProblem& problem, const HeldOff& held) {
  const LeftReason& reason = held.reasons.front();
  if (reason.code == LeftCode::kCapacity) {
    for (Team& team : problem.teams) {
      if (team.id != held.slot.team) continue;
      CapacityChange change;
      change.from = change.to = held.slot.day;
      change.slot = held.slot.slot;
      change.add_minutes = 1'000;
      change.add_devices = 1'000;
      team.changes.push_back(change);
    }
    return true;
  }
  if (reason.code == LeftCode::kPoolLimit) {
    Pool free;
    free.id = reason.text.args[0];
    free.daily_share = 1;
    free.size = 1'000;
    std::erase_if(problem.pools, [&](const Pool& pool) { return pool.id == free.id; });
    problem.pools.push_back(free);
    return true;
  }
  if (reason.code == LeftCode::kHelpDesk) {
    problem.policy.help_desk.daily_limit = 0;
    return true;
  }
  return false;
}

TEST(Explain, TakingTheOnlyReasonAwayMakesTheSlotPossible) {
  int tried = 0;
  for (uint64_t seed = 0; seed < 1'500; ++seed) {
    const PlanProblem problem = RandomSmall(seed);
    const auto solution = Solve(problem, WithoutRelaxations());
    if (!solution.ok()) continue;
    for (size_t i = 0; i < solution->placements.size(); ++i) {
      const std::string& id = solution->placements[i].item;
      bool single = true;
      for (const Item& item : problem.items) {
        if (item.id == id) single = item.group.empty() && !item.fixed.has_value();
      }
      if (!single) continue;
      const auto explanation = Explain(problem, *solution, id);
      ASSERT_TRUE(explanation.ok());
      for (const HeldOff& held : explanation->earlier) {
        if (held.reasons.size() > 1) continue;
        PlanProblem eased = problem;
        if (!held.reasons.empty() && !TakeAway(eased, held)) continue;
        PlanSolution moved = *solution;
        moved.placements[i] = {id, held.slot.day, held.slot.slot, held.slot.team};
        std::vector<std::string> broken = CheckPlan(eased, moved);
        std::erase_if(broken, [](const std::string& v) { return v.rfind("Account", 0) == 0; });
        EXPECT_THAT(broken, IsEmpty()) << "seed " << seed << " item " << id;
        ++tried;
      }
    }
  }
  EXPECT_GT(tried, 300);
}

}  // namespace
}  // namespace kirikae::planner
