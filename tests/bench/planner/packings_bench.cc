#include "tests/bench/planner/packings_bench.h"

#include <algorithm>
#include <cstdio>
#include <limits>
#include <vector>

#include "service/planner/fewest_bins.h"
#include "service/planner/solver.h"
#include "tests/bench/planner/measure.h"
#include "tests/support/plan_checker.h"

namespace kirikae::bench {
namespace {

struct Outcome {
  int64_t bins = 0;
  int64_t bound = 0;
  double seconds = 0;
  bool valid = false;
  bool optimal = false;
};

Outcome SolveOne(const Packing& packing, double seconds) {
  const planner::PlanProblem problem = ProblemOf(packing);
  const double begin = ProcessorSeconds();
  planner::SolveOptions options;
  options.should_stop = [&] { return ProcessorSeconds() - begin > seconds; };
  options.max_steps = std::numeric_limits<int64_t>::max() / 2;
  const auto solution = planner::Solve(problem, options);
  Outcome outcome;
  outcome.seconds = ProcessorSeconds() - begin;
  if (!solution.ok()) return outcome;
  outcome.valid = planner::CheckPlan(problem, *solution).empty() && solution->left.empty();
  outcome.optimal = solution->status == planner::Status::kOptimal;
  for (const planner::ObjectiveResult& row : solution->objectives) {
    if (row.name != planner::Objective::kFinish) continue;
    outcome.bins = static_cast<int64_t>(row.value);
    outcome.bound = static_cast<int64_t>(row.bound);
  }
  return outcome;
}

/// A packing of at most this share more bins than proven necessary counts as good, in percent.
constexpr double kGoodGap = 0.3;

struct Tally {
  int packings = 0;
  int at_best = 0;
  /// At the best known, or within kGoodGap of the bound.
  int good = 0;
  /// With more bins than best-fit decreasing uses.
  int poor = 0;
  int proven = 0;
  int open = 0;
  int wrong = 0;
  std::vector<double> seconds;
};

/// The optimum is known when it was planted, when an independent bound equals the solution, or when
/// the solver proves its own solution. The solver's bound is checked wherever the optimum is known
/// otherwise, and against the best packing known. A packing that is as good as the best known
/// counts as that, whether or not it is the optimum.
void Judge(const Packing& packing, const Outcome& outcome, bool verbose, Tally& tally) {
  const int64_t least = std::max(packing.planted, LeastBins(packing));
  const bool known = packing.planted > 0 || outcome.bins == least || outcome.optimal;
  const int64_t best = std::max(packing.planted, packing.best_known);
  const bool at_best = outcome.valid && (best > 0 ? outcome.bins <= best : known);
  const bool wrong = !outcome.valid || outcome.bins < least || (best > 0 && outcome.bound > best) ||
                     outcome.bound > outcome.bins;
  const bool near = outcome.valid && 100.0 * static_cast<double>(outcome.bins - outcome.bound) <=
                                         kGoodGap * static_cast<double>(outcome.bound);
  const bool poor = outcome.bins > planner::BestFitDecreasing(packing.sizes, packing.capacity).bins;
  ++tally.packings;
  tally.good += at_best || near ? 1 : 0;
  tally.poor += poor ? 1 : 0;
  tally.at_best += at_best ? 1 : 0;
  tally.proven += outcome.optimal ? 1 : 0;
  tally.open += known ? 0 : 1;
  tally.wrong += wrong ? 1 : 0;
  tally.seconds.push_back(outcome.seconds);
  if (verbose && (!at_best || wrong)) {
    std::printf("  %s: %zu items, %lld days, least %lld, bound %lld, %.2f s%s\n",
                packing.name.c_str(), packing.sizes.size(), static_cast<long long>(outcome.bins),
                static_cast<long long>(least), static_cast<long long>(outcome.bound),
                outcome.seconds, outcome.valid ? "" : ", INVALID");
  }
}

}  // namespace

void BenchPackings(const std::vector<PackingClass>& classes, double seconds,
                   const std::string& only, bool verbose) {
  std::printf("%-20s %9s %9s %9s %9s %6s %6s %6s %9s %9s\n", "packings", "instances", "best %",
              "good %", "proven %", "open", "poor", "wrong", "median s", "max s");
  int packings = 0, good = 0, poor = 0, wrong = 0;
  for (const PackingClass& row : classes) {
    Tally tally;
    for (const Packing& packing : row.packings) {
      if (!only.empty() && row.name != only && packing.name != only) continue;
      Judge(packing, SolveOne(packing, seconds), verbose, tally);
    }
    if (tally.packings == 0) continue;
    std::sort(tally.seconds.begin(), tally.seconds.end());
    const double share = 100.0 * tally.at_best / tally.packings;
    std::printf("%-20s %9d %9.1f %9.1f %9.1f %6d %6d %6d %9.3f %9.3f\n", row.name.c_str(),
                tally.packings, share, 100.0 * tally.good / tally.packings,
                100.0 * tally.proven / tally.packings, tally.open, tally.poor, tally.wrong,
                tally.seconds[tally.seconds.size() / 2], tally.seconds.back());
    std::fflush(stdout);
    packings += tally.packings;
    good += tally.good;
    poor += tally.poor;
    wrong += tally.wrong;
  }
  const double share = packings == 0 ? 0 : 100.0 * good / packings;
  Report({"packings at the best known or within 0.3 % of the bound, of " + std::to_string(packings),
          share, "%", 99, share >= 99});
  Report({"packings worse than best-fit decreasing", 1.0 * poor, "", 0, poor == 0});
  Report({"packings wrong or bounded too high", 1.0 * wrong, "", 0, wrong == 0});
}

}  // namespace kirikae::bench
