#include "tests/bench/planner/scale_bench.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "service/planner/solver.h"
#include "tests/bench/planner/measure.h"
#include "tests/planner/oracle_cases.h"
#include "tests/planner/problems.h"
#include "tests/support/plan_checker.h"

namespace kirikae::bench {
namespace {

const planner::ObjectiveResult& Row(const planner::PlanSolution& solution,
                                    planner::Objective name) {
  return *std::find_if(solution.objectives.begin(), solution.objectives.end(),
                       [&](const planner::ObjectiveResult& row) { return row.name == name; });
}

void ReportBroken(const std::string& name, const std::vector<std::string>& broken) {
  for (size_t i = 0; i < std::min<size_t>(5, broken.size()); ++i) {
    std::printf("  %s\n", broken[i].c_str());
  }
  Report({name + ": broken rules", static_cast<double>(broken.size()), "", 0, broken.empty()});
}

/// A lower bound on the disturbance of plans with the same last days: an item that slipped beyond
/// its published day, or was published on a day that now belongs to another phase, must move.
double LeastDisturbance(const planner::PlanProblem& problem, const planner::PlanSolution& plan) {
  const std::vector<absl::CivilDay> days = planner::CalendarDays(problem.calendar);
  const auto number = [&](absl::CivilDay day) {
    return std::lower_bound(days.begin(), days.end(), day) - days.begin();
  };
  std::map<std::string, std::pair<absl::CivilDay, absl::CivilDay>> windows;
  int64_t begin = 0;
  for (size_t p = 0; p < plan.phases.size(); ++p) {
    const planner::PhaseResult& row = plan.phases[p];
    if (!row.last_day.has_value()) continue;
    windows[row.id] = {days[std::min<size_t>(begin, days.size() - 1)], *row.last_day};
    begin = number(*row.last_day) + 1 + problem.phases[p].soak_days;
  }
  double least = 0;
  for (const planner::Item& item : problem.items) {
    if (!item.published.has_value()) continue;
    const absl::CivilDay day = item.published->day;
    const auto& [first, last] = windows.at(item.phase);
    const bool slipped = item.not_before.has_value() && *item.not_before > day;
    if (slipped || day < first || day > last) least += number(day) < 5 ? 3 : 1;
  }
  return least;
}

}  // namespace

void BenchHuge() {
  const planner::PlanProblem problem = planner::Huge(100'000, 2'000, 40);
  const double before = PeakMebibytes();
  const double begin = ProcessorSeconds();
  const auto solution = planner::Solve(problem);
  const double seconds = ProcessorSeconds() - begin;
  const double peak = PeakMebibytes();
  const std::string name = "100,000 devices, 2,000 departments, 40 teams";
  if (!solution.ok()) {
    Report({name + ": refused", 1, "", 0, false});
    return;
  }
  ReportBroken(name, planner::CheckPlan(problem, *solution));
  Report({name + ": left out", 1.0 * static_cast<double>(solution->left.size()), "", 0,
          solution->left.empty()});
  const planner::ObjectiveResult& finish = Row(*solution, planner::Objective::kFinish);
  const double gap = 100 * (finish.value - finish.bound) / finish.bound;
  Report({name + ": gap of FINISH", gap, "%", 1, gap < 1});
  Report({name + ": time", seconds, "s", 5, seconds < 5});
  Report({name + ": memory, all in all", peak, "MiB", 1'024, peak < 1'024});
  std::printf("  FINISH %.0f, bound %.0f; the problem itself took %.0f MiB\n", finish.value,
              finish.bound, before);
}

void BenchReplan() {
  std::vector<double> seconds, extra;
  std::vector<std::string> broken;
  for (uint64_t seed = 0; seed < 20; ++seed) {
    planner::PlanProblem problem = planner::WardLike(seed);
    if (!planner::Slip(problem, seed)) continue;
    const double begin = ProcessorSeconds();
    const auto solution = planner::Solve(problem);
    seconds.push_back(ProcessorSeconds() - begin);
    if (!solution.ok()) continue;
    for (const std::string& each : planner::CheckPlan(problem, *solution)) broken.push_back(each);
    const double least = LeastDisturbance(problem, *solution);
    const double cost = Row(*solution, planner::Objective::kStability).value;
    extra.push_back((cost - least) / least);
    std::printf("  ward %2d: FINISH %.0f (bound %.0f), disturbance %.2f, at least %.2f, %.0f ms\n",
                static_cast<int>(seed), Row(*solution, planner::Objective::kFinish).value,
                Row(*solution, planner::Objective::kFinish).bound, cost, least,
                1'000 * seconds.back());
  }
  std::sort(seconds.begin(), seconds.end());
  std::sort(extra.begin(), extra.end());
  const std::string name = "re-plan of 700 devices after 5 % slip a week";
  ReportBroken(name, broken);
  Report({name + ": median time", 1'000 * seconds[seconds.size() / 2], "ms", 200,
          seconds[seconds.size() / 2] < 0.2});
  Report({name + ": longest", 1'000 * seconds.back(), "ms", 200, seconds.back() < 0.2});
  std::printf("  disturbance beyond the least possible: median %.0f %%, most %.0f %%\n",
              100 * extra[extra.size() / 2], 100 * extra.back());
}

}  // namespace kirikae::bench
