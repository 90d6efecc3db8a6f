#include "tests/planner/oracle_cases.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "service/planner/solver.h"
#include "tests/planner/dice.h"
#include "tests/planner/problems.h"
#include "tests/support/plan_checker.h"
#include "tests/support/plan_oracle.h"

namespace kirikae::planner {
namespace {

const ObjectiveResult& Row(const PlanSolution& solution, Objective name) {
  const auto at = std::find_if(solution.objectives.begin(), solution.objectives.end(),
                               [&](const ObjectiveResult& row) { return row.name == name; });
  return *at;
}

/// Compares one problem and counts it.
class Comparison {
 public:
  Comparison(const PlanProblem& problem, uint64_t seed, OracleTally& tally)
      : problem_(problem), seed_(seed), tally_(tally), days_(CalendarDays(problem.calendar)) {}

  void Run() {
    const auto solution = Solve(problem_, WithoutRelaxations());
    if (!solution.ok()) {
      ++tally_.refused;
      return;
    }
    for (const std::string& broken : CheckPlan(problem_, *solution)) Say(broken);
    const auto best = SolveExhaustively(problem_);
    if (!best.has_value()) {
      ++tally_.too_large;
      return;
    }
    ++tally_.compared;
    tally_.partial += solution->left.empty() ? 0 : 1;
    tally_.proven += solution->status == Status::kOptimal ? 1 : 0;
    Compare(*solution, *best);
  }

 private:
  void Say(const std::string& what) {
    tally_.mismatches.push_back("seed " + std::to_string(seed_) + ": " + what);
  }

  int Number(const std::optional<absl::CivilDay>& day) const {
    if (!day.has_value()) return -1;
    return static_cast<int>(std::find(days_.begin(), days_.end(), *day) - days_.begin());
  }

  void Differ(const std::string& what, double ours, double best) {
    Say(what + " is " + std::to_string(ours) + ", the best is " + std::to_string(best));
  }

  void Compare(const PlanSolution& solution, const OracleResult& best) {
    const ObjectiveResult& placed = Row(solution, Objective::kPlaced);
    if (std::fabs(placed.value - best.placed_weight) > 1e-6) {
      Differ("PLACED", placed.value, best.placed_weight);
    }
    if (placed.bound < best.placed_weight - 1e-6) {
      Differ("the bound of PLACED", placed.bound, best.placed_weight);
    }
    for (size_t p = 0; p < problem_.phases.size(); ++p) {
      const PhaseResult& phase = solution.phases[p];
      const int last = Number(phase.last_day), bound = Number(phase.last_day_bound);
      if (last != best.last_day[p]) Differ("the last day of " + phase.id, last, best.last_day[p]);
      if (bound > best.last_day[p]) Differ("the bound of " + phase.id, bound, best.last_day[p]);
    }
    const double stability = Row(solution, Objective::kStability).value;
    if (std::fabs(stability - best.stability) > 1e-9) {
      Differ("STABILITY", stability, best.stability);
    }
    const double least = Row(solution, Objective::kStability).bound;
    if (least > best.stability + 1e-9) Differ("the bound of STABILITY", least, best.stability);
    const bool nothing = solution.placements.empty() && !problem_.items.empty();
    if (nothing != (solution.status == Status::kInfeasible)) Say("the status is wrong");
  }

  const PlanProblem& problem_;
  const uint64_t seed_;
  OracleTally& tally_;
  const std::vector<absl::CivilDay> days_;
};

}  // namespace

OracleTally CompareWithOracle(uint64_t first, int count) {
  OracleTally tally;
  for (uint64_t seed = first; seed < first + static_cast<uint64_t>(count); ++seed) {
    Comparison(RandomSmall(seed), seed, tally).Run();
  }
  return tally;
}

bool Slip(PlanProblem& problem, uint64_t seed) {
  const auto before = Solve(problem, WithoutRelaxations());
  if (!before.ok() || before->placements.empty()) return false;
  TestDice dice(seed + 5);
  for (int k = 0; k < 5; ++k) dice.Next();
  std::vector<const Placement*> placed(problem.items.size(), nullptr);
  for (size_t i = 0; i < problem.items.size(); ++i) {
    for (const Placement& row : before->placements) {
      if (row.item == problem.items[i].id) placed[i] = &row;
    }
    if (placed[i] != nullptr) {
      problem.items[i].published = Position{placed[i]->day, placed[i]->slot, placed[i]->team};
    }
  }
  std::vector<size_t> free;
  for (size_t i = 0; i < problem.items.size(); ++i) {
    if (placed[i] != nullptr && !problem.items[i].fixed.has_value()) free.push_back(i);
  }
  for (size_t n = (free.size() + 19) / 20; n > 0; --n) {
    const size_t pick = free[dice.Below(static_cast<int>(free.size()))];
    Item& item = problem.items[pick];
    item.not_before = placed[pick]->day + 7;
    if (item.not_after.has_value() && *item.not_after < *item.not_before) item.not_after.reset();
  }
  return true;
}

OracleTally CompareReplansWithOracle(uint64_t first, int count) {
  OracleTally tally;
  for (uint64_t seed = first; seed < first + static_cast<uint64_t>(count); ++seed) {
    PlanProblem problem = RandomSmall(seed);
    problem.calendar.last_day += 7;
    if (Slip(problem, seed)) {
      Comparison(problem, seed, tally).Run();
    } else {
      ++tally.refused;
    }
  }
  return tally;
}

}  // namespace kirikae::planner
