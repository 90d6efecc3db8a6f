#include "service/planner/dive.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <numeric>
#include <utility>
#include <vector>

#include "service/planner/knapsack.h"
#include "tests/planner/dice.h"

namespace kirikae::planner {
namespace {

/// Whether any packing exists, by trying all: each size into every bin with a different free
/// capacity.
bool FitsByTrying(const std::vector<int64_t>& sizes, std::vector<int64_t>& room, size_t i) {
  if (i == sizes.size()) return true;
  for (size_t b = 0; b < room.size(); ++b) {
    if (room[b] < sizes[i]) continue;
    if (std::find(room.begin(), room.begin() + static_cast<long>(b), room[b]) !=
        room.begin() + static_cast<long>(b)) {
      continue;
    }
    room[b] -= sizes[i];
    const bool fits = FitsByTrying(sizes, room, i + 1);
    room[b] += sizes[i];
    if (fits) return true;
  }
  return false;
}

void ExpectPacked(const std::vector<int64_t>& sizes, std::vector<int64_t> room,
                  const std::vector<int>& bin_of) {
  ASSERT_EQ(bin_of.size(), sizes.size());
  for (size_t i = 0; i < sizes.size(); ++i) {
    ASSERT_GE(bin_of[i], 0);
    ASSERT_LT(bin_of[i], static_cast<int>(room.size()));
    room[bin_of[i]] -= sizes[i];
  }
  for (int64_t left : room) EXPECT_GE(left, 0);
}

TEST(DiveForBins, AgreesWithTryingAllOnSmallPackingsOfUnequalBins) {
  int packed = 0, impossible = 0, gave_up = 0;
  for (uint64_t seed = 1; seed <= 3'000; ++seed) {
    TestDice dice(seed);
    std::vector<int64_t> room, sizes;
    int64_t space = 0;
    for (int b = dice.From(2, 5); b > 0; --b)
      room.push_back(dice.Chance(60) ? 30 : dice.From(5, 29));
    for (int64_t each : room) space += each;
    const int64_t wanted = space - dice.Below(6);
    for (int64_t total = 0; total < wanted && sizes.size() < 14;) {
      sizes.push_back(std::min<int64_t>(wanted - total, dice.From(2, 16)));
      total += sizes.back();
    }
    std::sort(sizes.begin(), sizes.end(), std::greater<int64_t>());
    std::vector<int64_t> trial = room;
    const bool possible = FitsByTrying(sizes, trial, 0);
    Budget budget(1'000'000'000, nullptr);
    std::vector<int> bin_of;
    const DiveAnswer answer = DiveForBins(sizes, room, bin_of, 5'000'000, budget);
    if (answer == DiveAnswer::kPacked) {
      ++packed;
      EXPECT_TRUE(possible);
      ExpectPacked(sizes, room, bin_of);
    } else if (answer == DiveAnswer::kImpossible) {
      ++impossible;
      EXPECT_FALSE(possible) << "seed " << seed;
    } else {
      ++gave_up;
      EXPECT_FALSE(possible) << "seed " << seed;
    }
  }
  EXPECT_GT(packed, 500);
  EXPECT_GT(impossible, 250);
  EXPECT_LT(gave_up, 150);
}

TEST(DiveForBins, PacksTripletsThatFillEveryBin) {
  TestDice dice(7);
  std::vector<int64_t> sizes;
  for (int b = 0; b < 40; ++b) {
    const int a = dice.From(380, 490);
    const int c = dice.From(250, (1'000 - a) / 2);
    sizes.insert(sizes.end(), {a, c, 1'000 - a - c});
  }
  const std::vector<int64_t> room(40, 1'000);
  Budget budget(1'000'000'000, nullptr);
  std::vector<int> bin_of;
  ASSERT_EQ(DiveForBins(sizes, room, bin_of, 500'000'000, budget), DiveAnswer::kPacked);
  ExpectPacked(sizes, room, bin_of);
}

// 60 full bins of two or three sizes. A dive that tries all its last choices before it turns back
// to an early one does not pack these in 200 million steps.
TEST(DiveForBins, TurnsBackToItsEarlyChoices) {
  for (const auto& [seed, least] : {std::pair<uint64_t, int>{2, 50}, {5, 20}}) {
    TestDice dice(seed);
    std::vector<int64_t> sizes;
    for (int b = 0; b < 60; ++b) {
      int left = 1'000;
      for (int pieces = dice.From(2, 3); pieces > 1; --pieces) {
        const int piece = dice.From(least, left - least * (pieces - 1));
        sizes.push_back(piece);
        left -= piece;
      }
      sizes.push_back(left);
    }
    const std::vector<int64_t> room(60, 1'000);
    Budget budget(1'000'000'000, nullptr);
    std::vector<int> bin_of;
    ASSERT_EQ(DiveForBins(sizes, room, bin_of, 200'000'000, budget), DiveAnswer::kPacked)
        << "seed " << seed;
    ExpectPacked(sizes, room, bin_of);
  }
}

TEST(DiveForBins, ProvesWhatTheTotalDoesNotShow) {
  // Two sizes of 34 fit into a bin of 100, so twelve need six bins, although 34 * 12 is little more
  // than four bins.
  const std::vector<int64_t> sizes(12, 34);
  std::vector<int> bin_of;
  Budget budget(1'000'000'000, nullptr);
  EXPECT_EQ(DiveForBins(sizes, std::vector<int64_t>(5, 100), bin_of, 1'000'000, budget),
            DiveAnswer::kImpossible);
  EXPECT_EQ(DiveForBins(sizes, std::vector<int64_t>(6, 100), bin_of, 1'000'000, budget),
            DiveAnswer::kPacked);
}

TEST(DiveForBins, TakesCareOfEdges) {
  Budget budget(1'000'000'000, nullptr);
  std::vector<int> bin_of;
  EXPECT_EQ(DiveForBins({}, {}, bin_of, 1'000, budget), DiveAnswer::kPacked);
  EXPECT_EQ(DiveForBins({5}, {}, bin_of, 1'000, budget), DiveAnswer::kImpossible);
  EXPECT_EQ(DiveForBins({5}, {4}, bin_of, 1'000, budget), DiveAnswer::kImpossible);
  EXPECT_EQ(DiveForBins({5, 0}, {9}, bin_of, 1'000, budget), DiveAnswer::kGaveUp);
  EXPECT_EQ(DiveForBins({5, 4}, {0, 0, 9}, bin_of, 100'000, budget), DiveAnswer::kPacked);
}

/// The most valuable filling by trying all.
int64_t MostValuable(const BinDemand& demand, const std::vector<int64_t>& values,
                     const std::vector<int64_t>& limits, int row, int64_t room, bool filler) {
  if (row == demand.rows()) return 0;
  const bool is_filler = row >= demand.first_filler();
  int64_t best = 0, most = std::min(limits[row], room / demand.sizes[row]);
  if (is_filler) most = std::min<int64_t>(most, filler ? 0 : 1);
  for (int64_t n = 0; n <= most; ++n) {
    best = std::max(best, n * values[row] + MostValuable(demand, values, limits, row + 1,
                                                         room - n * demand.sizes[row],
                                                         filler || (is_filler && n > 0)));
  }
  return best;
}

TEST(Knapsack, IsNeverBelowTheBestFillingAndGivesFillingsOfTheirWorth) {
  for (uint64_t seed = 1; seed <= 1'500; ++seed) {
    TestDice dice(seed);
    // ByTable, ByPairs or Branch: the choice depends on the capacity and the smallest sizes.
    const int64_t unit = seed % 3 == 0 ? 1 : 1'000'000;
    BinDemand demand;
    demand.capacity = 20 * unit + dice.Below(10);
    const int rows = dice.From(2, 7);
    for (int row = 0; row < rows; ++row) {
      const int least = seed % 3 == 1 ? 5 : 1;
      demand.sizes.push_back(dice.From(least, 15) * unit + dice.Below(2));
      demand.counts.push_back(dice.From(1, 3));
    }
    std::sort(demand.sizes.begin(), demand.sizes.end(), std::greater<int64_t>());
    demand.fillers = dice.Chance(30) ? 1 : 0;
    std::vector<int64_t> values, limits;
    for (int row = 0; row < rows; ++row) {
      values.push_back(dice.Below(100));
      limits.push_back(std::min<int64_t>(demand.counts[row], dice.Below(4)));
    }
    const int64_t best = MostValuable(demand, values, limits, 0, demand.capacity, false);
    const int64_t worth = dice.Below(200);
    Knapsack knapsack(demand);
    const Knapsack::Answer answer = knapsack.Run(values, limits, worth);
    ASSERT_TRUE(answer.exact);
    EXPECT_GE(answer.best, std::max(best, worth)) << "seed " << seed;
    EXPECT_EQ(answer.patterns.empty(), best <= worth) << "seed " << seed;
    for (const Pattern& pattern : answer.patterns) {
      int64_t value = 0, size = 0, fillers = 0;
      for (const auto& [row, count] : pattern) {
        EXPECT_LE(count, limits[row]);
        value += count * values[row];
        size += count * demand.sizes[row];
        fillers += row >= demand.first_filler() ? count : 0;
      }
      EXPECT_GT(value, worth) << "seed " << seed;
      EXPECT_LE(size, demand.capacity);
      EXPECT_LE(fillers, 1);
    }
  }
}

}  // namespace
}  // namespace kirikae::planner
