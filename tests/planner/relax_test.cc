#include "service/planner/relax.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "service/planner/reasons.h"
#include "service/planner/solver.h"
#include "tests/planner/problems.h"
#include "tests/support/plan_checker.h"

namespace kirikae::planner {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const absl::CivilDay kFirst(2025, 5, 12);

std::vector<std::string> Texts(const std::vector<Message>& messages) {
  std::vector<std::string> texts;
  for (const Message& message : messages) texts.push_back(ToText(message));
  return texts;
}

std::set<std::string> LeftOut(const PlanSolution& solution) {
  std::set<std::string> left;
  for (const Left& row : solution.left) left.insert(row.item);
  return left;
}

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
    changes.push_back(ToText(row.change[0]));
    EXPECT_EQ(ToText(row.effect[0]), "places the 2 items of one that are left out");
    EXPECT_THAT(row.places, ElementsAre("i4", "i5"));
  }
  EXPECT_THAT(changes,
              ElementsAre("deadline of one to 2025-05-14", "20 more minutes in each slot of team t",
                          "one more team like t, for all sites"));
  EXPECT_EQ(ToText(solution->relaxations[0].effect[1]),
            "one needs 240 minutes by 2025-05-13; team t has 200: 40 short");
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
  EXPECT_EQ(ToText(solution->relaxations[0].effect[1]),
            "managers needs 14,000 minutes by 2025-06-01; team a has 12,600: 1,400 short");
  EXPECT_EQ(ToText(solution->relaxations[0].change[0]), "deadline of managers to 2025-06-04");
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
  EXPECT_THAT(Texts(first.change),
              ElementsAre("30 more minutes in each slot of team t", "daily limit of counter to 2"));
  EXPECT_THAT(first.changes, SizeIs(2));
  EXPECT_THAT(first.places, ElementsAre("large", "g1", "g2"));
}

TEST(Relaxations, LengthenTheCalendarWhereNoDeadlineIsInTheWay) {
  PlanProblem problem = OneTeam(2);
  for (int i = 0; i < 3; ++i) AddItem(problem, "i" + std::to_string(i), 100);
  const auto solution = Solve(problem);
  ASSERT_TRUE(solution.ok());
  ASSERT_FALSE(solution->relaxations.empty());
  EXPECT_EQ(ToText(solution->relaxations[0].change[0]), "calendar on to 2025-05-14");
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
  EXPECT_EQ(ToText(solution->left[0].reasons[0].text),
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

/// One amount less of the change, or nothing where that cannot be.
std::optional<Change> Less(const PlanProblem& problem, const Change& change) {
  if (const auto* deadline = std::get_if<MoveDeadline>(&change)) {
    return MoveDeadline{deadline->phase, *deadline->deadline - 1};
  }
  if (const auto* calendar = std::get_if<ExtendCalendar>(&change)) {
    if (calendar->last_day == problem.calendar.last_day + 1) return std::nullopt;
    return ExtendCalendar{calendar->last_day - 1};
  }
  if (const auto* team = std::get_if<RaiseTeam>(&change)) {
    return RaiseTeam{team->team, std::max<int64_t>(0, team->add_minutes - 5),
                     std::max<int64_t>(0, team->add_devices - 1)};
  }
  return std::nullopt;
}

TEST(Relaxations, TheFirstOneAppliedPlacesWhatItSaysAndIsHardlyEverLargerThanNeedBe) {
  int offered = 0, together = 0, helpless = 0, less = 0, larger = 0;
  for (uint64_t seed = 0; seed < 300; ++seed) {
    const PlanProblem problem = RandomSmall(seed);
    const auto solution = Solve(problem);
    if (!solution.ok() || solution->left.empty()) continue;
    const std::set<std::string> before = LeftOut(*solution);
    size_t beyond = 0;
    for (const Left& left : solution->left) beyond += SaysNothingHelps(left) ? 1 : 0;
    if (solution->relaxations.empty()) {
      EXPECT_EQ(beyond, before.size()) << "seed " << seed;
      ++helpless;
      continue;
    }
    const Relaxation& first = solution->relaxations[0];
    ++offered;
    together += first.changes.size() > 1 ? 1 : 0;
    EXPECT_EQ(first.changes.size(), first.change.size());
    // What no change helps apart, the first one places all.
    EXPECT_EQ(first.places.size() + beyond, before.size()) << "seed " << seed;
    PlanProblem changed = problem;
    ASSERT_THAT(Apply(first.changes, nullptr, changed), IsEmpty());
    const auto after = Solve(changed);
    ASSERT_TRUE(after.ok()) << "seed " << seed;
    EXPECT_THAT(CheckPlan(changed, *after), IsEmpty()) << "seed " << seed;
    const std::set<std::string> still = LeftOut(*after);
    for (const std::string& item : first.places) {
      EXPECT_EQ(still.count(item), 0u) << "seed " << seed << " " << item;
    }
    for (const std::string& item : still) {
      EXPECT_TRUE(before.count(item) > 0 ||
                  std::count(first.leaves.begin(), first.leaves.end(), item) > 0)
          << "seed " << seed << " " << item;
    }
    const auto smaller = Less(problem, first.changes[0]);
    if (first.changes.size() > 1 || !smaller.has_value()) continue;
    changed = problem;
    ASSERT_THAT(Apply({*smaller}, nullptr, changed), IsEmpty());
    SolveOptions quick;
    quick.find_relaxations = false;
    const auto not_enough = Solve(changed, quick);
    ASSERT_TRUE(not_enough.ok());
    const std::set<std::string> short_of = LeftOut(*not_enough);
    const bool needed = std::any_of(first.places.begin(), first.places.end(),
                                    [&](const auto& item) { return short_of.count(item) > 0; });
    ++(needed ? less : larger);
  }
  EXPECT_GT(offered, 80);
  EXPECT_GT(together, 3);
  EXPECT_GT(helpless, 5);
  EXPECT_GT(less, 20);
  // Smallest is what bisection finds, and what the solver finds does not always grow with a change.
  EXPECT_LE(larger * 10, less) << "changes larger than need be";
}

}  // namespace
}  // namespace kirikae::planner
