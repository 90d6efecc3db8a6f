#include "service/planner/relax.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "service/planner/reasons.h"
#include "service/planner/solver.h"
#include "tests/planner/problems.h"
#include "tests/planner/solution_texts.h"
#include "tests/support/plan_checker.h"

namespace kirikae::planner {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const absl::CivilDay kFirst(2025, 5, 12);

bool SaysNothingHelps(const Left& left) {
  return std::any_of(left.reasons.begin(), left.reasons.end(),
                     [](const LeftReason& reason) { return reason.text == NoHelp(); });
}

TEST(Relaxations, NameTheSmallestSingleChangesAndWhatIsShort) {
  PlanProblem problem = OneTeam(6);
  for (int i = 0; i < 6; ++i) AddItem(problem, "i" + std::to_string(i), 40);
  problem.phases[0].deadline = kFirst + 1;
  const auto solution = Solve(problem);
  ASSERT_TRUE(solution.ok());
  std::vector<std::string> changes;
  for (const Relaxation& row : solution->relaxations) {
    ASSERT_THAT(row.change, SizeIs(1));
    changes.push_back(row.change[0].English());
    EXPECT_EQ(row.effect[0].English(), "places all");
    EXPECT_THAT(row.places, ElementsAre("i4", "i5"));
  }
  EXPECT_THAT(changes, ElementsAre("move the deadline of one to 2025-05-14",
                                   "20 more minutes in each slot of team t",
                                   "one more team like t, for all sites"));
  EXPECT_EQ(solution->relaxations[0].effect[1].English(),
            "one needs 240 minutes by 2025-05-13; team t has 200: 40 short");
}

TEST(Relaxations, AreFoundThoughTheSearchForThePlanRanOutOfTime) {
  PlanProblem problem = OneTeam(6);
  for (int i = 0; i < 6; ++i) AddItem(problem, "i" + std::to_string(i), 40);
  problem.phases[0].deadline = kFirst + 1;
  SolveOptions options;
  options.should_end_search = [] { return true; };
  const auto ended = Solve(problem, options);
  ASSERT_TRUE(ended.ok());
  EXPECT_TRUE(ended->stopped);
  EXPECT_FALSE(ended->relaxations.empty());
  EXPECT_FALSE(ended->relaxation_steps.empty());
  options.should_stop = [] { return true; };
  const auto stopped = Solve(problem, options);
  ASSERT_TRUE(stopped.ok());
  EXPECT_THAT(stopped->relaxations, IsEmpty());
}

TEST(Relaxations, SayThousandsAsTheyAreRead) {
  PlanProblem problem = OneTeam(28);
  problem.phases[0] = {"managers", std::nullopt, kFirst + 20, 0};
  problem.teams[0].id = "a";
  problem.teams[0].minutes_per_slot = 600;
  for (int i = 0; i < 140; ++i) AddItem(problem, "i" + std::to_string(i), 100);
  const auto solution = Solve(problem);
  ASSERT_TRUE(solution.ok());
  ASSERT_FALSE(solution->relaxations.empty());
  EXPECT_EQ(solution->relaxations[0].effect[1].English(),
            "managers needs 14,000 minutes by 2025-06-01; team a has 12,600: 1,400 short");
  EXPECT_EQ(solution->relaxations[0].change[0].English(),
            "move the deadline of managers to 2025-06-04");
}

TEST(Relaxations, GoTogetherWhereNoSingleOneIsEnough) {
  PlanProblem problem = OneTeam(4);
  AddItem(problem, "large", 130);
  for (const char* id : {"g1", "g2"}) {
    Item& item = AddItem(problem, id, 10);
    item.pools = {"counter"};
    item.group = "g";
  }
  problem.pools = {{"counter", std::nullopt, std::nullopt, 1}};
  const auto solution = Solve(problem);
  ASSERT_TRUE(solution.ok());
  ASSERT_FALSE(solution->relaxations.empty());
  const Relaxation& first = solution->relaxations[0];
  EXPECT_THAT(Texts(first.change), ElementsAre("30 more minutes in each slot of team t",
                                               "raise the daily limit of counter to 2"));
  EXPECT_THAT(first.changes, SizeIs(2));
  EXPECT_THAT(first.places, ElementsAre("large", "g1", "g2"));
}

TEST(Relaxations, SayForEachShortageWhatWouldHelpItAlone) {
  PlanProblem problem = OneTeam(20);
  problem.phases[0].deadline = kFirst + 1;
  for (int i = 0; i < 3; ++i) AddItem(problem, "i" + std::to_string(i), 100);
  AddItem(problem, "late", 10).not_before = kFirst + 9;
  const auto solution = Solve(problem);
  ASSERT_TRUE(solution.ok());
  ASSERT_GT(solution->relaxations.size(), 2u);
  const Relaxation& first = solution->relaxations[0];
  EXPECT_THAT(Texts(first.change), ElementsAre("move the deadline of one to 2025-05-21"));
  EXPECT_THAT(
      Texts(first.effect),
      ElementsAre(
          "places all", "one needs 310 minutes by 2025-05-13; team t has 200: 110 short",
          "one has 1 items that can't be placed by 2025-05-13; the last of them is ready on "
          "2025-05-21, 8 day(s) later"));
  // The item that is ready needs one more day or one more team.
  std::vector<std::string> alone;
  for (size_t k = 1; k < solution->relaxations.size(); ++k) {
    EXPECT_THAT(Texts(solution->relaxations[k].effect), ElementsAre("places 1 of the 2 left out"));
    alone.push_back(solution->relaxations[k].change[0].English());
  }
  EXPECT_THAT(alone, ElementsAre("move the deadline of one to 2025-05-14",
                                 "100 more minutes in each slot of team t",
                                 "one more team like t, for all sites"));
}

/// Each part of what is left out had the same changes solved anew.
TEST(Relaxations, NoChangedProblemIsSolvedTwice) {
  PlanProblem problem = OneTeam(20);
  problem.phases[0].deadline = kFirst + 1;
  for (int i = 0; i < 3; ++i) AddItem(problem, "i" + std::to_string(i), 100);
  AddItem(problem, "late", 10).not_before = kFirst + 9;
  const auto solution = Solve(problem);
  ASSERT_TRUE(solution.ok());
  std::vector<PlanProblem> solved;
  const Relaxations found = FindRelaxations(
      problem, *solution, {}, [&](const PlanProblem& changed) -> std::optional<std::vector<Left>> {
        EXPECT_EQ(std::count(solved.begin(), solved.end(), changed), 0);
        solved.push_back(changed);
        return Solve(changed, WithoutRelaxations())->left;
      });
  EXPECT_EQ(found.found.size(), solution->relaxations.size());
  EXPECT_GT(solved.size(), 10u);
}

TEST(Relaxations, SayWhoseTeamIsShortWhereOthersCannotHelp) {
  PlanProblem problem = OneTeam(3);
  problem.teams.push_back(problem.teams[0]);
  problem.teams[1].id = "far";
  problem.teams[1].sites = {"branch"};
  problem.teams[0].sites = {"main"};
  for (int i = 0; i < 4; ++i) AddItem(problem, "i" + std::to_string(i), 100).site = "branch";
  const auto solution = Solve(problem);
  ASSERT_TRUE(solution.ok());
  ASSERT_FALSE(solution->relaxations.empty());
  EXPECT_EQ(solution->relaxations[0].effect[1].English(),
            "one needs 400 minutes of far by 2025-05-14; there are 300: 100 short");
}

std::vector<std::string> FirstEffect(const PlanProblem& problem) {
  const auto solution = Solve(problem);
  EXPECT_TRUE(solution.ok() && !solution->relaxations.empty());
  if (!solution.ok() || solution->relaxations.empty()) return {};
  return Texts(solution->relaxations[0].effect);
}

TEST(Relaxations, SayWhatIsShortInTheUnitThatBinds) {
  PlanProblem problem = OneTeam(1);
  problem.teams[0].minutes_per_slot.reset();
  problem.teams[0].devices_per_slot = 0;
  AddItem(problem, "i0", 15);
  EXPECT_THAT(FirstEffect(problem),
              ElementsAre("places all",
                          "one has 1 devices to do by 2025-05-12; the teams take 0: 1 short"));
  problem = OneTeam(1);
  problem.teams[0].minutes_per_slot = 10;
  problem.policy.visit_minutes = 10;
  AddItem(problem, "i0", 15).site = "";
  AddItem(problem, "i1", 0).site = "A";
  problem.phases[0].deadline = kFirst;
  EXPECT_EQ(FirstEffect(problem).at(1),
            "one needs 35 minutes by 2025-05-12; team t has 10: 25 short");
  problem = OneTeam(2);
  problem.policy.help_desk = {{0.5}, 1};
  problem.phases[0].deadline = kFirst + 1;
  for (int i = 0; i < 5; ++i) AddItem(problem, "i" + std::to_string(i), 1);
  EXPECT_EQ(FirstEffect(problem).at(1),
            "one brings 2.5 tickets by 2025-05-13; the help desk takes 2: 0.5 too many");
}

TEST(Relaxations, SayWhatGoesOutForWhatComesIn) {
  PlanProblem problem = OneTeam(3);
  problem.teams[0].minutes_per_slot.reset();
  problem.teams[0].devices_per_slot = 0;
  CapacityChange open;
  open.to = kFirst + 1;
  open.set_devices = 5;
  problem.teams[0].changes = {open};
  problem.phases = {{"p0", kFirst + 2, {}, 0}, {"p2", {}, kFirst + 1, 0}};
  for (const char* id : {"i1", "i2"}) AddItem(problem, id, 0);
  for (const char* id : {"i0", "i3"}) AddItem(problem, id, 0).phase = "p0";
  problem.items[2].weight = 2;
  const auto solution = Solve(problem);
  ASSERT_TRUE(solution.ok());
  ASSERT_FALSE(solution->relaxations.empty());
  const Relaxation& first = solution->relaxations[0];
  EXPECT_THAT(first.places, ElementsAre("i0", "i3"));
  EXPECT_THAT(first.leaves, ElementsAre("i1", "i2"));
  EXPECT_EQ(first.effect[0].English(), "places all of p0");
  EXPECT_EQ(first.effect[1].English(), "but leaves out 2 placed now");
}

TEST(Relaxations, LengthenTheCalendarWhereNoDeadlineIsInTheWay) {
  PlanProblem problem = OneTeam(2);
  for (int i = 0; i < 3; ++i) AddItem(problem, "i" + std::to_string(i), 100);
  const auto solution = Solve(problem);
  ASSERT_TRUE(solution.ok());
  ASSERT_FALSE(solution->relaxations.empty());
  EXPECT_EQ(solution->relaxations[0].change[0].English(), "extend the calendar to 2025-05-14");
  EXPECT_EQ(solution->relaxations[0].changes[0], Change(ExtendCalendar{kFirst + 2}));
}

TEST(Relaxations, SayWhenNothingHelps) {
  PlanProblem problem = OneTeam(3);
  AddItem(problem, "huge", 5'000);
  AddItem(problem, "over", 10).not_after = kFirst - 1;
  problem.items[1].not_before.reset();
  AddItem(problem, "fits", 10);
  const auto solution = Solve(problem);
  ASSERT_TRUE(solution.ok());
  EXPECT_THAT(solution->relaxations, IsEmpty());
  ASSERT_THAT(solution->left, SizeIs(2));
  for (const Left& left : solution->left) {
    EXPECT_TRUE(SaysNothingHelps(left));
    EXPECT_GT(left.reasons.size(), 1u);
  }
  EXPECT_EQ(solution->left[0].reasons[0].text.English(),
            "It needs 5000 minutes in one slot; no team has more than 100");
}

TEST(Relaxations, DoNotOpenSlotsThatAreClosed) {
  PlanProblem problem = OneTeam(3);
  for (int i = 0; i < 2; ++i) AddItem(problem, "i" + std::to_string(i), 100);
  CapacityChange closed;
  closed.from = kFirst + 1;
  closed.set_minutes = 0;
  problem.teams[0].changes.push_back(closed);
  const auto solution = Solve(problem);
  ASSERT_TRUE(solution.ok());
  for (const Relaxation& row : solution->relaxations) {
    PlanProblem changed = problem;
    ASSERT_THAT(Apply(row.changes, nullptr, changed), IsEmpty());
    const auto again = Solve(changed);
    ASSERT_TRUE(again.ok());
    for (const Placement& placement : again->placements) {
      if (placement.team == "t") {
        EXPECT_EQ(placement.day, kFirst);
      }
    }
  }
}

/// The offered change with its amount lowered by one; absent when that is no change.
std::optional<Change> Less(const PlanProblem& problem, const Change& change) {
  if (const auto* deadline = std::get_if<MoveDeadline>(&change)) {
    const auto phase = std::find_if(problem.phases.begin(), problem.phases.end(),
                                    [&](const Phase& row) { return row.id == deadline->phase; });
    if (*deadline->deadline == *phase->deadline + 1) return std::nullopt;
    return MoveDeadline{deadline->phase, *deadline->deadline - 1};
  }
  if (const auto* calendar = std::get_if<ExtendCalendar>(&change)) {
    if (calendar->last_day == problem.calendar.last_day + 1) return std::nullopt;
    return ExtendCalendar{calendar->last_day - 1};
  }
  if (const auto* team = std::get_if<RaiseTeam>(&change)) {
    if (team->add_minutes == 5 || team->add_devices == 1) return std::nullopt;
    return RaiseTeam{team->team, std::max<int64_t>(0, team->add_minutes - 5),
                     std::max<int64_t>(0, team->add_devices - 1)};
  }
  const auto pool_of = [&](const std::string& id) {
    return std::find_if(problem.pools.begin(), problem.pools.end(),
                        [&](const Pool& row) { return row.id == id; });
  };
  if (const auto* limit = std::get_if<ChangePoolLimit>(&change)) {
    if (limit->daily_limit == pool_of(limit->pool)->daily_limit + 1) return std::nullopt;
    return ChangePoolLimit{limit->pool, limit->daily_limit - 1};
  }
  if (const auto* share = std::get_if<ChangeShare>(&change)) {
    const auto row = pool_of(share->pool);
    const double now = row != problem.pools.end() && row->daily_share.has_value()
                           ? *row->daily_share
                           : problem.policy.department_daily_share;
    if (share->share - 0.05 <= now + 1e-9) return std::nullopt;
    return ChangeShare{share->pool, share->share - 0.05};
  }
  if (const auto* desk = std::get_if<ChangeHelpDesk>(&change)) {
    if (desk->daily_limit - 1 <= problem.policy.help_desk.daily_limit) return std::nullopt;
    return ChangeHelpDesk{desk->daily_limit - 1};
  }
  return std::nullopt;
}

/// Whether `changes` place everything that `relaxation` says and leave nothing else out.
bool IsEnough(const PlanProblem& problem, const std::vector<Change>& changes,
              const std::set<std::string>& before, const Relaxation& relaxation) {
  PlanProblem changed = problem;
  EXPECT_THAT(Apply(changes, nullptr, changed), IsEmpty());
  const auto after = Solve(changed, WithoutRelaxations());
  EXPECT_TRUE(after.ok());
  if (!after.ok()) return false;
  EXPECT_THAT(CheckPlan(changed, *after), IsEmpty());
  const std::set<std::string> still = LeftOut(*after);
  const auto has = [](const std::vector<std::string>& items, const std::string& item) {
    return std::count(items.begin(), items.end(), item) > 0;
  };
  return std::all_of(still.begin(), still.end(), [&](const std::string& item) {
    return before.count(item) > 0 ? !has(relaxation.places, item) : has(relaxation.leaves, item);
  });
}

TEST(Relaxations, EachAppliedPlacesWhatItSaysAndNothingSmallerDoes) {
  int offered = 0, together = 0, helpless = 0, lowered = 0;
  for (uint64_t seed = 0; seed < 400; ++seed) {
    SCOPED_TRACE(seed);
    const PlanProblem problem = RandomSmall(seed);
    const auto solution = Solve(problem);
    if (!solution.ok() || solution->left.empty()) continue;
    const std::set<std::string> before = LeftOut(*solution);
    size_t beyond = 0;
    for (const Left& left : solution->left) beyond += SaysNothingHelps(left) ? 1 : 0;
    if (solution->relaxations.empty()) {
      EXPECT_EQ(beyond, before.size());
      ++helpless;
      continue;
    }
    // Except for items beyond help, the first relaxation places all.
    EXPECT_EQ(solution->relaxations[0].places.size() + beyond, before.size());
    for (const Relaxation& row : solution->relaxations) {
      ++offered;
      together += row.changes.size() > 1 ? 1 : 0;
      EXPECT_EQ(row.changes.size(), row.change.size());
      EXPECT_TRUE(IsEnough(problem, row.changes, before, row));
      for (size_t k = 0; k < row.changes.size(); ++k) {
        std::vector<Change> fewer = row.changes;
        const auto less = Less(problem, fewer[k]);
        lowered += less.has_value() ? 1 : 0;
        if (less.has_value()) {
          fewer[k] = *less;
        } else {
          fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(k));
        }
        EXPECT_FALSE(IsEnough(problem, fewer, before, row)) << row.change[k].English();
      }
    }
  }
  EXPECT_GT(offered, 200);
  EXPECT_GT(together, 3);
  EXPECT_GT(helpless, 5);
  EXPECT_GT(lowered, 100);
}

}  // namespace
}  // namespace kirikae::planner
