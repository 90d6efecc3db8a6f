#include "tests/support/plan_checker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/planner/problems.h"

namespace kirikae::planner {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::StartsWith;

const absl::CivilDay kFirst(2025, 5, 12);

/// Two items in phase one and one in phase two, one on each of three days.
struct Valid {
  Valid() : problem(OneTeam(6)) {
    AddItem(problem, "a", 40);
    AddItem(problem, "b", 40);
    problem.phases.push_back({"two", std::nullopt, std::nullopt, 0});
    AddItem(problem, "c", 40).department = "D/x";
    solution.status = Status::kOptimal;
    solution.placements = {
        {"a", kFirst, "day", "t"}, {"b", kFirst + 1, "day", "t"}, {"c", kFirst + 2, "day", "t"}};
    solution.phases = {{"one", kFirst, kFirst + 1, kFirst + 1, BoundBy::kCapacity},
                       {"two", kFirst + 2, kFirst + 2, kFirst + 2, BoundBy::kPhaseOrder}};
  }
  std::vector<std::string> Check() const { return CheckPlan(problem, solution); }
  PlanProblem problem;
  PlanSolution solution;
};

void ExpectCaught(const Valid& mutated, const std::string& rule) {
  EXPECT_THAT(mutated.Check(), Contains(StartsWith(rule + ":")));
}

TEST(PlanChecker, AcceptsTheValidPlan) { EXPECT_THAT(Valid().Check(), IsEmpty()); }

TEST(PlanChecker, CatchesClosedDayAndUnknownSlot) {
  Valid plan;
  plan.problem.calendar.closed_days = {kFirst};
  ExpectCaught(plan, "OpenDay");
  Valid other;
  other.solution.placements[0].slot = "am";
  ExpectCaught(other, "OpenDay");
}

TEST(PlanChecker, CatchesOverfullAndClosedTeams) {
  Valid plan;
  plan.problem.teams[0].minutes_per_slot = 39;
  ExpectCaught(plan, "Capacity");
  Valid visits;
  visits.problem.policy.visit_minutes = 61;
  ExpectCaught(visits, "Capacity");
  Valid closed;
  CapacityChange change;
  change.from = change.to = kFirst;
  change.set_devices = 0;
  closed.problem.teams[0].changes = {change};
  ExpectCaught(closed, "Capacity");
  Valid count;
  count.problem.teams[0].devices_per_slot = 1;
  count.solution.placements[1].day = kFirst;
  ExpectCaught(count, "Capacity");
}

TEST(PlanChecker, CatchesTeamAtForeignSite) {
  Valid plan;
  plan.problem.teams[0].sites = {"elsewhere"};
  ExpectCaught(plan, "TeamSite");
}

TEST(PlanChecker, CatchesPoolsAboveShareOrLimit) {
  Valid plan;
  plan.solution.placements[1].day = kFirst;
  plan.problem.policy.department_daily_share = 0.5;
  ExpectCaught(plan, "Pool");
  Valid limit;
  limit.solution.placements[1].day = kFirst;
  limit.problem.items[0].pools = limit.problem.items[1].pools = {"counter"};
  limit.problem.pools = {{"counter", {}, {}, 1}};
  ExpectCaught(limit, "Pool");
}

TEST(PlanChecker, CatchesSplitAndPartialGroups) {
  Valid plan;
  plan.problem.items[0].group = plan.problem.items[1].group = "g";
  ExpectCaught(plan, "Group");
  Valid part = plan;
  part.solution.placements.erase(part.solution.placements.begin());
  part.solution.left = {{"a", {{LeftCode::kCapacity, {}}}}};
  ExpectCaught(part, "Group");
}

TEST(PlanChecker, CatchesWindowsAndBlackouts) {
  Valid early;
  early.problem.items[0].not_before = kFirst + 1;
  ExpectCaught(early, "Window");
  Valid late;
  late.problem.items[2].not_after = kFirst + 1;
  ExpectCaught(late, "Window");
  Valid black;
  black.problem.blackouts = {{kFirst + 2, kFirst + 2, "D", "", ""}};
  ExpectCaught(black, "Blackout");
  Valid beside;
  beside.problem.items[2].department = "Dx";
  beside.problem.blackouts = black.problem.blackouts;
  EXPECT_THAT(beside.Check(), IsEmpty());
}

TEST(PlanChecker, CatchesPhaseOrderSoakAndDeadline) {
  Valid overlap;
  overlap.solution.placements[2].day = kFirst + 1;
  ExpectCaught(overlap, "PhaseOrder");
  Valid soak;
  soak.problem.phases[0].soak_days = 1;
  ExpectCaught(soak, "PhaseOrder");
  Valid start;
  start.problem.phases[1].not_before = kFirst + 3;
  ExpectCaught(start, "PhaseOrder");
  Valid deadline;
  deadline.problem.phases[1].deadline = kFirst + 1;
  ExpectCaught(deadline, "Deadline");
}

TEST(PlanChecker, CatchesTicketsOverSeveralDays) {
  Valid plan;
  plan.problem.policy.help_desk = {{0.5, 0.25}, 0.75};
  EXPECT_THAT(plan.Check(), IsEmpty());
  plan.problem.policy.help_desk.tickets_per_device = {0.5, 0.3};
  ExpectCaught(plan, "HelpDesk");
  plan.problem.policy.help_desk = {{0.5, 0.25}, 0.75, {0.1, 0.1}};
  ExpectCaught(plan, "HelpDesk");
}

TEST(PlanChecker, CatchesMovedFixedItem) {
  Valid plan;
  plan.problem.items[0].fixed = Position{kFirst + 1, "day", "t"};
  ExpectCaught(plan, "Fixed");
}

TEST(PlanChecker, CatchesWrongAccounts) {
  Valid twice;
  twice.solution.placements.push_back(twice.solution.placements[0]);
  ExpectCaught(twice, "Account");
  Valid lost;
  lost.solution.placements.pop_back();
  ExpectCaught(lost, "Account");
  Valid days;
  days.solution.phases[0].last_day = kFirst;
  ExpectCaught(days, "Account");
  Valid bound;
  bound.solution.phases[0].last_day_bound = kFirst + 2;
  ExpectCaught(bound, "Account");
  Valid proven;
  proven.solution.phases[0].last_day_bound = kFirst;
  ExpectCaught(proven, "Account");
}

}  // namespace
}  // namespace kirikae::planner
