#include "tests/bench/planner/proofs_bench.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include "service/planner/solver.h"
#include "service/planner/validate.h"
#include "tests/bench/planner/measure.h"
#include "tests/planner/problems.h"
#include "tests/support/plan_checker.h"

namespace kirikae::bench {
namespace {

constexpr double kEqual = 1e-6;

struct Proof {
  bool placed = true;
  bool finish = true;
  bool stability = true;
  bool all() const { return placed && finish && stability; }
};

Proof ProofOf(const planner::PlanSolution& solution) {
  Proof proof;
  for (const planner::ObjectiveResult& row : solution.objectives) {
    const bool closed = row.value > row.bound - kEqual && row.value < row.bound + kEqual;
    if (row.name == planner::Objective::kPlaced) proof.placed = closed;
    if (row.name == planner::Objective::kStability) proof.stability = closed;
  }
  for (const planner::PhaseResult& phase : solution.phases) {
    proof.finish = proof.finish && phase.last_day == phase.last_day_bound;
  }
  return proof;
}

}  // namespace

void BenchProofs(int count, double seconds, bool verbose) {
  int solved = 0, broken = 0, partial = 0;
  int placed = 0, finish = 0, stability = 0, all = 0;
  std::vector<double> times;
  for (uint64_t seed = 0; solved < count; ++seed) {
    const planner::PlanProblem problem = planner::RandomLarge(seed);
    // With STABILITY before FINISH, FINISH has no bound of its own.
    if (!planner::Validate(problem).empty() || !problem.policy.objectives.empty()) continue;
    const double begin = ProcessorSeconds();
    planner::SolveOptions options = planner::WithoutRelaxations();
    options.should_stop = [&] { return ProcessorSeconds() - begin > seconds; };
    const auto solution = planner::Solve(problem, options);
    if (!solution.ok()) continue;
    times.push_back(ProcessorSeconds() - begin);
    ++solved;
    broken += planner::CheckPlan(problem, *solution).empty() ? 0 : 1;
    partial += solution->left.empty() ? 0 : 1;
    const Proof proof = ProofOf(*solution);
    placed += proof.placed ? 1 : 0;
    finish += proof.finish ? 1 : 0;
    stability += proof.stability ? 1 : 0;
    all += proof.all() ? 1 : 0;
    if (verbose && !proof.all()) {
      std::printf("  seed %llu: %zu items, %zu left out%s%s%s, %.2f s\n",
                  static_cast<unsigned long long>(seed), problem.items.size(),
                  solution->left.size(), proof.placed ? "" : ", PLACED open",
                  proof.finish ? "" : ", FINISH open", proof.stability ? "" : ", STABILITY open",
                  times.back());
    }
  }
  const auto share = [&](int part) { return 100.0 * part / std::max(1, solved); };
  std::sort(times.begin(), times.end());
  std::printf(
      "problems of 15 to 60 items: %d, %d leave something out; median %.3f s, longest %.3f s\n",
      solved, partial, times[times.size() / 2], times.back());
  const std::string name = "15 to 60 items: proven best on ";
  Report({name + "PLACED", share(placed), "%", 99, share(placed) >= 99});
  Report({name + "FINISH", share(finish), "%", 99, share(finish) >= 99});
  Report({name + "STABILITY", share(stability), "%", 99, share(stability) >= 99});
  Report({name + "all three", share(all), "%", 99, share(all) >= 99});
  Report({"15 to 60 items: broken rules", 1.0 * broken, "", 0, broken == 0});
}

}  // namespace kirikae::bench
