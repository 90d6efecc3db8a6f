#include "tests/bench/planner/cbc_bench.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include "service/planner/model.h"
#include "service/planner/solver.h"
#include "service/planner/validate.h"
#include "tests/bench/planner/cbc.h"
#include "tests/bench/planner/measure.h"
#include "tests/bench/planner/mip.h"
#include "tests/bench/planner/packings.h"
#include "tests/planner/dice.h"
#include "tests/planner/problems.h"
#include "tests/support/plan_checker.h"

namespace kirikae::bench {
namespace {

constexpr double kEqual = 1e-4;
/// The largest share of worse plans, in percent. The specification gives no figure.
constexpr double kMostWorse = 1;

/// A plan's value by the program's objective.
struct OwnAnswer {
  double value = 0;
  /// Proven: no plan is below it.
  double bound = 0;
  double seconds = 0;
  bool valid = false;
};

OwnAnswer SolveOwn(const planner::PlanProblem& problem, const Mip& mip) {
  const double begin = ProcessorSeconds();
  const auto solution = planner::Solve(problem, planner::WithoutRelaxations());
  OwnAnswer answer;
  answer.seconds = ProcessorSeconds() - begin;
  if (!solution.ok()) return answer;
  answer.valid = planner::CheckPlan(problem, *solution).empty();
  const std::vector<absl::CivilDay> days = planner::OpenDays(problem.calendar);
  const auto number = [&](const std::optional<absl::CivilDay>& day) {
    if (!day.has_value()) return 0.0;
    return 1.0 +
           static_cast<double>(std::lower_bound(days.begin(), days.end(), *day) - days.begin());
  };
  double all = 0;
  for (const planner::Item& item : problem.items) all += item.weight;
  for (const planner::ObjectiveResult& row : solution->objectives) {
    if (row.name != planner::Objective::kPlaced) continue;
    answer.value = mip.left_cost * (all - row.value);
    answer.bound = mip.left_cost * (all - row.bound);
  }
  // Bounds of days are for plans that are best on PLACED; with a gap in PLACED they prove nothing.
  const bool placed_is_proven = std::fabs(answer.value - answer.bound) < kEqual;
  double factor = mip.left_cost;
  for (const planner::PhaseResult& phase : solution->phases) {
    factor /= static_cast<double>(mip.days) + 1;
    answer.value += factor * number(phase.last_day);
    if (placed_is_proven) answer.bound += factor * number(phase.last_day_bound);
  }
  return answer;
}

void Print(const std::string& name, const Mip& mip, const OwnAnswer& own, const CbcAnswer& cbc) {
  std::printf("%-28s %7lld %7lld %9.0f %9.0f %8.3f %9s %9.1f %8.2f\n", name.c_str(),
              static_cast<long long>(mip.variables), static_cast<long long>(mip.rows), own.value,
              own.bound, own.seconds,
              cbc.failed              ? "failed"
              : cbc.value.has_value() ? std::to_string(std::llround(*cbc.value)).c_str()
                                      : "none",
              cbc.bound, cbc.seconds);
  std::fflush(stdout);
}

struct Tally {
  int compared = 0;
  int failed = 0;
  int proven_by_cbc = 0;
  int proven_by_us = 0;
  int better = 0;
  int worse = 0;
  int wrong = 0;
  double own_seconds = 0;
  double cbc_seconds = 0;
};

void Judge(const OwnAnswer& own, const CbcAnswer& cbc, Tally& tally) {
  if (cbc.failed) {
    ++tally.failed;
    return;
  }
  const double value = cbc.value.value_or(INFINITY);
  ++tally.compared;
  tally.proven_by_cbc += cbc.proven ? 1 : 0;
  tally.proven_by_us += own.value - own.bound < kEqual ? 1 : 0;
  tally.better += own.value < value - kEqual ? 1 : 0;
  tally.worse += own.value > value + kEqual ? 1 : 0;
  const bool wrong = !own.valid || own.bound > value + kEqual || own.value < cbc.bound - kEqual;
  tally.wrong += wrong ? 1 : 0;
  tally.own_seconds += own.seconds;
  tally.cbc_seconds += cbc.seconds;
}

void Tell(const std::string& name, const Tally& tally) {
  std::printf(
      "%s: %d compared (on %d more CBC broke off), %d proven here, %d by CBC; better %d, worse %d, "
      "wrong %d; %.2f s and %.2f s\n",
      name.c_str(), tally.compared, tally.failed, tally.proven_by_us, tally.proven_by_cbc,
      tally.better, tally.worse, tally.wrong, tally.own_seconds, tally.cbc_seconds);
  const double worse = tally.compared == 0 ? 0 : 100.0 * tally.worse / tally.compared;
  Report({name + " worse than CBC", worse, "%", kMostWorse, worse <= kMostWorse});
  Report(
      {name + " with a wrong bound or a broken rule", 1.0 * tally.wrong, "", 0, tally.wrong == 0});
}

void Middling(int count, double seconds) {
  Tally tally;
  for (uint64_t seed = 0; tally.compared + tally.failed < count; ++seed) {
    const planner::PlanProblem problem = planner::RandomMiddling(seed);
    // With STABILITY before FINISH, the program's objective would differ.
    if (!planner::Validate(problem).empty() || !problem.policy.objectives.empty()) continue;
    const Mip mip = WriteMip(problem);
    const OwnAnswer own = SolveOwn(problem, mip);
    const CbcAnswer cbc = RunCbc(mip.text, seconds);
    const int worse = tally.worse, wrong = tally.wrong;
    Judge(own, cbc, tally);
    if (tally.worse > worse || tally.wrong > wrong) {
      Print("seed " + std::to_string(seed), mip, own, cbc);
    }
  }
  Tell("middling problems", tally);
}

/// 700 devices of 60 departments at 6 sites in one phase, three teams, am and pm.
planner::PlanProblem OnePhase(uint64_t seed) {
  planner::Dice dice(seed + 31);
  planner::PlanProblem problem;
  problem.calendar.weekly_open = planner::MondayToFriday();
  problem.calendar.first_day = absl::CivilDay(2025, 5, 7);
  problem.calendar.last_day = absl::CivilDay(2025, 5, 30);
  problem.calendar.slots = {"am", "pm"};
  for (const char* id : {"a", "b", "c"}) {
    planner::Team team;
    team.id = id;
    team.minutes_per_slot = 210;
    problem.teams.push_back(team);
  }
  problem.teams[2].sites = {"site0", "site1"};
  problem.phases = {{"everyone", std::nullopt, std::nullopt, 0}};
  problem.policy.department_daily_share = 0.34;
  problem.policy.visit_minutes = 10;
  for (int i = 0; i < 700; ++i) {
    planner::Item item;
    item.id = "TSM-" + std::to_string(10'000 + i);
    const int department = std::min(dice.Below(60), dice.Below(60));
    item.department = "部" + std::to_string(department / 6) + "/課" + std::to_string(department);
    item.site = "site" + std::to_string(department < 30 ? 0 : department % 6);
    item.minutes = dice.Chance(10) ? 25 : 15;
    item.phase = "everyone";
    problem.items.push_back(item);
  }
  return problem;
}

}  // namespace

void BenchCbc(int middling, double seconds) {
  Middling(middling, seconds);
  std::printf("%-28s %7s %7s %9s %9s %8s %9s %9s %8s\n", "large problems", "vars", "rows", "ours",
              "bound", "s", "CBC", "bound", "s");
  Tally tally;
  const auto compare = [&](const std::string& name, const planner::PlanProblem& problem) {
    const Mip mip = WriteMip(problem);
    const OwnAnswer own = SolveOwn(problem, mip);
    const CbcAnswer cbc = RunCbc(mip.text, seconds);
    Print(name, mip, own, cbc);
    Judge(own, cbc, tally);
  };
  for (uint64_t seed = 1; seed <= 3; ++seed) {
    compare("700 devices, 60 departments", OnePhase(seed));
  }
  constexpr size_t kMostSizes = 130;
  for (const PackingClass& row : AllPackings(0.01)) {
    const Packing& packing = row.packings.front();
    if (packing.sizes.size() <= kMostSizes) compare(packing.name, ProblemOf(packing));
  }
  Tell("large problems", tally);
}

}  // namespace kirikae::bench
