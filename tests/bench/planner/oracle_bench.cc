#include "tests/bench/planner/oracle_bench.h"

#include <algorithm>
#include <cstdio>
#include <string>

#include "tests/bench/planner/measure.h"
#include "tests/planner/oracle_cases.h"

namespace kirikae::bench {
namespace {

/// Problems per batch; the tally adds them up.
constexpr int kBatch = 1'000;

void Add(const planner::OracleTally& more, planner::OracleTally& sum) {
  sum.compared += more.compared;
  sum.partial += more.partial;
  sum.proven += more.proven;
  sum.refused += more.refused;
  sum.too_large += more.too_large;
  sum.mismatches.insert(sum.mismatches.end(), more.mismatches.begin(), more.mismatches.end());
}

void Tell(const std::string& name, const planner::OracleTally& tally) {
  std::printf(
      "%s: compared %d (%d with something left out, %d proven optimal), refused %d, too "
      "large to try %d, differing %zu\n",
      name.c_str(), tally.compared, tally.partial, tally.proven, tally.refused, tally.too_large,
      tally.mismatches.size());
  for (size_t i = 0; i < std::min<size_t>(20, tally.mismatches.size()); ++i) {
    std::printf("  %s\n", tally.mismatches[i].c_str());
  }
  Report({name + ": differing", static_cast<double>(tally.mismatches.size()), "", 0,
          tally.mismatches.empty()});
}

}  // namespace

void BenchOracle(int cases) {
  planner::OracleTally plans, replans;
  // Counts compared cases, not refused ones. The seeds differ from those of the tests.
  for (uint64_t seed = 1'000'000; plans.compared < cases; seed += kBatch) {
    Add(planner::CompareWithOracle(seed, kBatch), plans);
  }
  Tell("small problems against the oracle", plans);
  for (uint64_t seed = 2'000'000; replans.compared < cases / 20; seed += kBatch / 5) {
    Add(planner::CompareReplansWithOracle(seed, kBatch / 5), replans);
  }
  Tell("small re-plans against the oracle", replans);
}

}  // namespace kirikae::bench
