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

namespace {

/// Solves `problem` with its relaxations and reports the time, the proofs and the broken rules.
void ReportSolve(const std::string& name, const planner::PlanProblem& problem, double bar) {
  for (const bool relaxations : {false, true}) {
    planner::SolveOptions options;
    options.find_relaxations = relaxations;
    const double begin = ProcessorSeconds();
    const auto solution = planner::Solve(problem, options);
    const double seconds = ProcessorSeconds() - begin;
    if (!solution.ok()) {
      std::printf("  %s\n", std::string(solution.status().message()).c_str());
      Report({name + ": refused", 1, "", 0, false});
      return;
    }
    if (relaxations) {
      if (solution->left.empty()) continue;
      Report({name + ": time with relaxations", seconds, "s", bar, seconds < bar});
      continue;
    }
    ReportBroken(name, planner::CheckPlan(problem, *solution));
    const planner::ObjectiveResult& placed = Row(*solution, planner::Objective::kPlaced);
    int open = 0;
    for (const planner::PhaseResult& phase : solution->phases) {
      open += phase.last_day == phase.last_day_bound ? 0 : 1;
    }
    std::printf("  %s, left out %zu, PLACED %g of at most %g, phases open %d, %lld steps\n",
                std::string(planner::Name(solution->status)).c_str(), solution->left.size(),
                placed.value, placed.bound, open, static_cast<long long>(solution->steps));
    Report({name + ": gap of PLACED", placed.bound - placed.value, "", 0,
            placed.bound - placed.value < 1e-6});
    Report({name + ": time", seconds, "s", bar, seconds < bar});
  }
}

}  // namespace

void BenchFar() {
  const std::string name = "5 items, 3,960,000 places";
  ReportSolve(name, planner::FarHorizon(), 1);
  planner::PlanProblem late = planner::FarHorizon();
  late.items[0].not_before = late.calendar.last_day - 5;
  ReportSolve(name + ", one ready in the last week", late, 1);
  planner::PlanProblem desk = planner::FarHorizon();
  desk.policy.help_desk = {{0.5, 0.25, 0.125}, 1, {}};
  ReportSolve(name + ", help desk", desk, 1);
  planner::PlanProblem impossible = planner::FarHorizon();
  impossible.items[0].minutes = 1'000;
  ReportSolve(name + ", one too long", impossible, 1);
  planner::PlanProblem closing = planner::FarHorizon();
  for (planner::Item& item : closing.items) item.not_after = closing.calendar.first_day;
  for (planner::Team& team : closing.teams) team.minutes_per_slot = 20;
  for (planner::Team& team : closing.teams) team.sites = {"elsewhere"};
  closing.teams[0].sites.clear();
  closing.calendar.slots.resize(1);
  ReportSolve(name + ", most can't be placed", closing, 1);
  std::printf("  memory, all in all: %.0f MiB\n", PeakMebibytes());
}

void BenchOverfull() {
  const std::string name = "ward of 700, ";
  planner::PlanProblem one = planner::WardLike(1);
  one.items[0].minutes = 1'000;
  ReportSolve(name + "one device too long for any slot", one, 1);
  for (const int days : {60, 45, 30, 15}) {
    planner::PlanProblem early = planner::WardLike(1);
    early.phases.back().deadline = *early.phases.back().not_before + days;
    ReportSolve(name + "deadline of everyone " + std::to_string(days) + " days after its start",
                early, 1);
  }
  planner::PlanProblem managers = planner::WardLike(1);
  managers.phases[1].deadline = managers.calendar.first_day + 30;
  ReportSolve(name + "deadline of managers after 30 days", managers, 1);
  for (const int days : {60, 75, 85}) {
    planner::PlanProblem brief = planner::WardLike(1);
    brief.calendar.last_day = brief.calendar.first_day + days;
    ReportSolve(name + "calendar of " + std::to_string(days) + " days", brief, 1);
  }
  planner::PlanProblem late = planner::WardLike(1);
  for (int i = 0; i < 3; ++i) late.items[i].not_before = late.calendar.last_day + 1;
  ReportSolve(name + "three ready too late", late, 1);
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
