#include "service/planner/fewest_bins.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "service/planner/solver.h"
#include "tests/planner/dice.h"
#include "tests/planner/problems.h"

namespace kirikae::planner {
namespace {

/// `kinds` different sizes of least..most, 1 to 19 of each.
std::vector<int64_t> ManySizes(uint64_t seed, int kinds, int least, int most) {
  TestDice dice(seed);
  std::vector<int64_t> sizes;
  for (int k = 0; k < kinds; ++k) {
    sizes.insert(sizes.end(), static_cast<size_t>(dice.From(1, 19)), dice.From(least, most));
  }
  return sizes;
}

void ExpectPacked(const std::vector<int64_t>& sizes, int64_t capacity, const BinPacking& packing) {
  ASSERT_EQ(packing.bin_of.size(), sizes.size());
  std::vector<int64_t> room(static_cast<size_t>(packing.bins), capacity);
  for (size_t i = 0; i < sizes.size(); ++i) {
    ASSERT_GE(packing.bin_of[i], 0);
    ASSERT_LT(packing.bin_of[i], packing.bins);
    room[packing.bin_of[i]] -= sizes[i];
  }
  EXPECT_GE(*std::min_element(room.begin(), room.end()), 0);
  EXPECT_LE(packing.bound, packing.bins);
}

TEST(BestFitDecreasing, TakesTheFullestBinThatHoldsTheSize) {
  const BinPacking packing = BestFitDecreasing({30, 60, 50, 40, 10}, 100);
  EXPECT_EQ(packing.bin_of, std::vector<int>({1, 0, 1, 0, 1}));
  EXPECT_EQ(packing.bins, 2);
  EXPECT_EQ(packing.bound, 2);
}

TEST(BestFitDecreasing, UsesUnequalBinsInTheirOrderAndLeavesOutWhatNoneHolds) {
  EXPECT_EQ(BestFitDecreasing({50, 70, 20, 200}, {20, 60, 80}), std::vector<int>({1, 2, 0, -1}));
}

TEST(PackIntoFewest, ProvesItsPackingOfManySizesAndBeatsBestFitDecreasing) {
  for (uint64_t seed = 1; seed <= 6; ++seed) {
    const std::vector<int64_t> sizes = ManySizes(seed, 60, 66'700, 333'300);
    BinPacking packing = BestFitDecreasing(sizes, 500'000);
    const int64_t best_fit = packing.bins;
    Budget budget(20'000'000, nullptr);
    PackIntoFewest(sizes, 500'000, 20'000'000, budget, packing);
    ExpectPacked(sizes, 500'000, packing);
    EXPECT_LT(packing.bins, best_fit) << "seed " << seed;
    EXPECT_EQ(packing.bins, packing.bound) << "seed " << seed;
  }
}

TEST(PackIntoFewest, PacksByPartsWhereOneProgramIsTooLarge) {
  const std::vector<int64_t> sizes = ManySizes(7, 800, 66'700, 333'300);
  BinPacking packing = BestFitDecreasing(sizes, 500'000);
  const int64_t best_fit = packing.bins;
  Budget budget(60'000'000, nullptr);
  PackIntoFewest(sizes, 500'000, 60'000'000, budget, packing);
  ExpectPacked(sizes, 500'000, packing);
  EXPECT_LT(packing.bins, best_fit);
  EXPECT_LE(static_cast<double>(packing.bins), 1.004 * static_cast<double>(packing.bound));
}

TEST(PackIntoFewest, SameSizesTwiceGiveTheSamePacking) {
  const std::vector<int64_t> sizes = ManySizes(3, 100, 5'000, 333'300);
  std::vector<BinPacking> packings;
  for (int run = 0; run < 2; ++run) {
    packings.push_back(BestFitDecreasing(sizes, 500'000));
    Budget budget(8'000'000, nullptr);
    PackIntoFewest(sizes, 500'000, 8'000'000, budget, packings.back());
  }
  EXPECT_EQ(packings[0].bin_of, packings[1].bin_of);
  EXPECT_EQ(packings[0].bound, packings[1].bound);
}

PlanProblem ManySizesProblem(const std::vector<int64_t>& sizes) {
  PlanProblem problem = OneTeam(700);
  problem.teams[0].minutes_per_slot = 500'000;
  for (size_t i = 0; i < sizes.size(); ++i) {
    AddItem(problem, "i" + std::to_string(i), sizes[i]);
  }
  return problem;
}

TEST(Solve, ManySizesNeverEndLaterThanBestFitDecreasing) {
  const std::vector<int64_t> sizes = ManySizes(5, 90, 66'700, 333'300);
  const PlanProblem problem = ManySizesProblem(sizes);
  const int64_t best_fit = BestFitDecreasing(sizes, 500'000).bins;
  const auto days_used = [&](const SolveOptions& options) {
    return static_cast<int64_t>(Solve(problem, options)->objectives[1].value);
  };
  SolveOptions at_once;
  at_once.should_stop = [] { return true; };
  EXPECT_LE(days_used(at_once), best_fit);
  const auto solution = Solve(problem, {});
  EXPECT_EQ(solution->status, Status::kOptimal);
  EXPECT_EQ(solution->phases[0].bound_by, BoundBy::kCapacity);
  EXPECT_LT(solution->objectives[1].value, static_cast<double>(best_fit));
}

}  // namespace
}  // namespace kirikae::planner
