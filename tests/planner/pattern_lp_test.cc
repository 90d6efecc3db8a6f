#include "service/planner/pattern_lp.h"

#include <gtest/gtest.h>

#include <map>
#include <utility>

#include "service/planner/dice.h"

namespace kirikae::planner {
namespace {

constexpr int64_t kSteps = 50'000'000;

BinDemand DemandOf(const std::map<int64_t, int64_t>& counts, int64_t capacity) {
  BinDemand demand;
  demand.capacity = capacity;
  for (auto at = counts.rbegin(); at != counts.rend(); ++at) {
    demand.sizes.push_back(at->first);
    demand.counts.push_back(at->second);
    demand.bins += at->second;
  }
  return demand;
}

BinDemand RandomDemand(Dice& dice) {
  std::map<int64_t, int64_t> counts;
  const int kinds = 2 + static_cast<int>(dice.Below(14));
  for (int k = 0; k < kinds; ++k) {
    counts[10 + static_cast<int64_t>(dice.Below(60))] += 1 + static_cast<int64_t>(dice.Below(3));
  }
  return DemandOf(counts, 100);
}

/// A demand and its program, solved.
struct Program {
  explicit Program(BinDemand wanted) : demand(std::move(wanted)) {
    EXPECT_EQ(lp.SolveForFewest(), PatternLp::Answer::kReached);
  }

  BinDemand demand;
  Budget budget{kSteps, nullptr};
  PatternLp lp{demand, budget};
};

/// The bins that the demand left needs, by a program that begins with this demand.
int64_t FewestAlone(const BinDemand& demand, const std::vector<int64_t>& left) {
  std::map<int64_t, int64_t> counts;
  for (int row = 0; row < demand.rows(); ++row) {
    if (left[row] > 0) counts[demand.sizes[row]] = left[row];
  }
  if (counts.empty()) return 0;
  return Program(DemandOf(counts, demand.capacity)).lp.node().bins;
}

TEST(PatternLp, AfterFixesItKnowsWhatTheDemandLeftNeeds) {
  Dice dice(3);
  int fixed = 0;
  for (int round = 0; round < 300; ++round) {
    SCOPED_TRACE(round);
    Program program(RandomDemand(dice));
    PatternLp& lp = program.lp;
    for (;;) {
      ASSERT_EQ(lp.node().bins, FewestAlone(program.demand, lp.node().left));
      std::vector<int> proper;
      for (const PatternLp::Use& use : lp.Used()) {
        if (lp.Proper(lp.pattern(use.id))) proper.push_back(use.id);
      }
      if (proper.empty()) break;
      const Pattern pattern = lp.pattern(proper[dice.Below(proper.size())]);
      lp.Fix(pattern, 1);
      ++fixed;
      ASSERT_EQ(lp.SolveForFewest(), PatternLp::Answer::kReached);
    }
  }
  EXPECT_GT(fixed, 1'000);
}

TEST(PatternLp, UsesNoPatternThatTheDemandLeftDoesNotHoldWhole) {
  Dice dice(5);
  for (int round = 0; round < 100; ++round) {
    SCOPED_TRACE(round);
    Program program(RandomDemand(dice));
    PatternLp& lp = program.lp;
    const PatternLp::Node top = lp.node();
    ASSERT_FALSE(lp.Used().empty());
    const Pattern first = lp.pattern(lp.Used().front().id);
    ASSERT_TRUE(lp.Proper(first));
    lp.Fix(first, 1);
    ASSERT_EQ(lp.SolveForFewest(), PatternLp::Answer::kReached);
    for (const PatternLp::Use& use : lp.Used()) EXPECT_TRUE(lp.Proper(lp.pattern(use.id)));
    lp.Return(top);
    ASSERT_EQ(lp.SolveForFewest(), PatternLp::Answer::kReached);
    EXPECT_EQ(lp.node().bins, FewestAlone(program.demand, program.demand.counts));
  }
}

}  // namespace
}  // namespace kirikae::planner
