#include "service/planner/fewest_bins.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <utility>

#include "service/planner/bins.h"
#include "service/planner/dice.h"
#include "service/planner/dive.h"
#include "service/planner/pattern_lp.h"

namespace kirikae::planner {
namespace {

/// A linear program of more rows takes too long.
constexpr size_t kMostRows = 640;
/// Up to this number of rows, the whole is solved at once.
constexpr size_t kWholeRows = 300;
/// Different sizes of a chunk; of the bins that are packed again.
constexpr size_t kChunkRows = 130;
constexpr size_t kPartRows = 90;
constexpr int64_t kChunkSteps = 30'000'000;
constexpr int64_t kPartSteps = 6'000'000;
/// The share of the steps that is spent on the last bin.
constexpr int64_t kLastShare = 12;
constexpr int64_t kRestSteps = 20'000;
/// A rest of at most kRestBins bins is packed by DiveForBins.
constexpr int64_t kRestBins = 24;
constexpr int64_t kRestDiveSteps = 4'000'000;
/// From this amount on, a pattern counts as used mostly whole.
constexpr double kMostlyWhole = 0.6;

/// Rounds the linear program over patterns of one group of sizes.
class Rounding {
 public:
  Rounding(const std::vector<int64_t>& sizes, int64_t capacity, int64_t steps_end, Budget& budget,
           BinPacking& packing)
      : sizes_(sizes),
        packing_(packing),
        budget_(budget),
        steps_end_(steps_end),
        demand_(DemandOf(sizes, capacity, packing.bins)),
        lp_(demand_, budget) {
    for (size_t i = 0; i < sizes.size(); ++i) items_[-sizes[i]].push_back(static_cast<int>(i));
    int row = 0;
    row_of_.resize(sizes.size());
    for (const auto& [key, items] : items_) {
      for (const int item : items) row_of_[item] = row;
      ++row;
    }
  }

  void Run() {
    OfferPacking();
    lp_.Seed();
    if (lp_.SolveForFewest() == PatternLp::Answer::kGaveUp && Ended()) return;
    packing_.bound = std::max(packing_.bound, lp_.node().bins);
    const PatternLp::Node top = lp_.node();
    const int64_t last_steps = (steps_end_ - budget_.steps()) / kLastShare;
    for (seed_ = 0; !Ended() && packing_.bins > packing_.bound; ++seed_) {
      // One bin too many: rounding again and again seldom helps, DiveForBins may.
      if (packing_.bins == packing_.bound + 1) {
        steps_end_ = std::min(steps_end_, budget_.steps() + last_steps);
      }
      chosen_.clear();
      dive_below_ = kRestBins;
      lp_.Return(top);
      Round();
    }
  }

 private:
  static BinDemand DemandOf(const std::vector<int64_t>& sizes, int64_t capacity, int64_t bins) {
    int64_t step = 0;
    for (const int64_t size : sizes) step = std::gcd(step, size);
    step = std::max<int64_t>(1, step);
    std::map<int64_t, int64_t> counts;
    for (const int64_t size : sizes) ++counts[-size / step];
    BinDemand demand;
    demand.capacity = capacity / step;
    demand.bins = bins;
    for (const auto& [key, count] : counts) {
      demand.sizes.push_back(-key);
      demand.counts.push_back(count);
    }
    return demand;
  }

  bool Ended() const { return budget_.Exhausted() || budget_.steps() >= steps_end_; }

  void OfferPacking() {
    std::vector<std::map<int, int>> parts(packing_.bins);
    for (size_t i = 0; i < sizes_.size(); ++i) ++parts[packing_.bin_of[i]][row_of_[i]];
    std::set<Pattern> patterns;
    for (const auto& part : parts) patterns.insert(Pattern(part.begin(), part.end()));
    for (const Pattern& pattern : patterns) lp_.Offer(pattern);
  }

  /// Takes whole bins out of the program until the rest is packed, or until no better packing than
  /// the one known can come of it.
  void Round() {
    while (!Ended() && NeededNow() < packing_.bins) {
      PackRest();
      if (!lp_.FixWhole(chosen_) && !TakeMostUsed()) return;
      lp_.SolveForFewest();
    }
  }

  int64_t NeededNow() const { return static_cast<int64_t>(chosen_.size()) + lp_.node().bins; }

  void Take(const Pattern& pattern) {
    lp_.Fix(pattern, 1);
    chosen_.push_back(pattern);
  }

  /// Takes one bin of the pattern used most, and in the first rounding one of each pattern used
  /// mostly whole.
  bool TakeMostUsed() {
    std::vector<std::pair<double, int>> used;
    const bool shake = seed_ > 0;
    for (const PatternLp::Use& use : lp_.Used()) {
      used.emplace_back(-use.amount * (shake ? 0.6 + 0.8 * dice_.Draw() : 1), use.id);
    }
    std::sort(used.begin(), used.end());
    bool any = false;
    for (const auto& [amount, id] : used) {
      if (any && -amount < kMostlyWhole) break;
      const Pattern pattern = lp_.pattern(id);
      if (!lp_.Proper(pattern)) continue;
      Take(pattern);
      any = true;
    }
    return any;
  }

  /// Packs the rest and keeps the packing if it is better than the one known: best-fit decreasing
  /// first; where the rest is small, FillBins and DiveForBins then try one bin fewer than known.
  void PackRest() {
    const std::vector<int64_t>& left = lp_.node().left;
    std::vector<int64_t> rest;
    for (int row = 0; row < demand_.rows(); ++row) {
      rest.insert(rest.end(), left[row], demand_.sizes[row]);
    }
    BinPacking packed = BestFitDecreasing(rest, demand_.capacity);
    budget_.Spend(static_cast<int64_t>(rest.size()) * 8);
    const int64_t allowed = packing_.bins - 1 - static_cast<int64_t>(chosen_.size());
    if (packed.bins > allowed) {
      if (allowed > kRestBins) return;
      const std::vector<int64_t> rooms(allowed, demand_.capacity);
      for (int& bin : packed.bin_of) {
        if (bin >= allowed) bin = -1;
      }
      if (!FillBins(rest, rooms, packed.bin_of, kRestSteps, budget_)) {
        if (allowed > dive_below_) return;
        dive_below_ = allowed / 2;
        if (DiveForBins(rest, rooms, packed.bin_of, kRestDiveSteps, budget_) !=
            DiveAnswer::kPacked) {
          return;
        }
      }
    }
    Keep(packed.bin_of);
  }

  /// Writes the chosen patterns, and the rest as `rest_bin_of` says, to the packing.
  void Keep(const std::vector<int>& rest_bin_of) {
    std::vector<std::vector<int>> rows;
    for (const auto& [key, items] : items_) rows.push_back(items);
    int bins = 0;
    for (const Pattern& pattern : chosen_) {
      for (const auto& [row, count] : pattern) {
        for (int n = 0; n < count; ++n) {
          packing_.bin_of[rows[row].back()] = bins;
          rows[row].pop_back();
        }
      }
      ++bins;
    }
    size_t next = 0;
    int most = -1;
    for (std::vector<int>& items : rows) {
      for (const int item : items) {
        packing_.bin_of[item] = bins + rest_bin_of[next];
        most = std::max(most, rest_bin_of[next++]);
      }
    }
    packing_.bins = bins + most + 1;
  }

  const std::vector<int64_t>& sizes_;
  BinPacking& packing_;
  Budget& budget_;
  int64_t steps_end_;
  const BinDemand demand_;
  PatternLp lp_;
  std::map<int64_t, std::vector<int>> items_;
  std::vector<int> row_of_;
  std::vector<Pattern> chosen_;
  int64_t dive_below_ = kRestBins;
  int seed_ = 0;
  Dice dice_{1};
};

/// Packs parts of the bins, or of the sizes, one after another.
class Parts {
 public:
  Parts(const std::vector<int64_t>& sizes, int64_t capacity, int64_t steps_end, Budget& budget,
        BinPacking& packing)
      : sizes_(sizes),
        capacity_(capacity),
        steps_end_(steps_end),
        budget_(budget),
        packing_(packing) {}

  /// Deals the different sizes to `chunks` groups, in order of size, and packs each group for
  /// itself. Keeps the packing if it is better than the one known.
  void PackChunks(size_t chunks) {
    std::map<int64_t, std::vector<int>> kinds;
    for (size_t i = 0; i < sizes_.size(); ++i) kinds[sizes_[i]].push_back(static_cast<int>(i));
    std::vector<std::vector<int>> items(chunks);
    size_t next = 0;
    for (const auto& [size, members] : kinds) {
      std::vector<int>& chunk = items[next++ % chunks];
      chunk.insert(chunk.end(), members.begin(), members.end());
    }
    BinPacking whole;
    whole.bin_of.resize(sizes_.size());
    for (const std::vector<int>& chunk : items) {
      const std::vector<int64_t> sizes = SizesOf(chunk);
      BinPacking packed = BestFitDecreasing(sizes, capacity_);
      if (packed.bins > packed.bound && !Ended()) {
        const int64_t end = std::min(steps_end_, budget_.steps() + kChunkSteps);
        Rounding(sizes, capacity_, end, budget_, packed).Run();
      }
      for (size_t k = 0; k < chunk.size(); ++k) {
        whole.bin_of[chunk[k]] = static_cast<int>(whole.bins) + packed.bin_of[k];
      }
      whole.bins += packed.bins;
    }
    if (whole.bins >= packing_.bins) return;
    packing_.bin_of = std::move(whole.bin_of);
    packing_.bins = whole.bins;
  }

  /// Packs the sizes of some bins again into fewer bins: those with the most free capacity and
  /// random ones. Stops after `max_steps`.
  void Run(int64_t max_steps) {
    const int64_t end = std::min(steps_end_, budget_.steps() + max_steps);
    while (packing_.bins > packing_.bound && !budget_.Exhausted() && budget_.steps() < end) {
      PackSome();
    }
  }

 private:
  bool Ended() const { return budget_.Exhausted() || budget_.steps() >= steps_end_; }

  std::vector<int64_t> SizesOf(const std::vector<int>& items) const {
    std::vector<int64_t> sizes;
    sizes.reserve(items.size());
    for (const int item : items) sizes.push_back(sizes_[item]);
    return sizes;
  }

  void PackSome() {
    std::vector<std::vector<int>> there(packing_.bins);
    std::vector<int64_t> room(packing_.bins, capacity_);
    for (size_t i = 0; i < sizes_.size(); ++i) {
      there[packing_.bin_of[i]].push_back(static_cast<int>(i));
      room[packing_.bin_of[i]] -= sizes_[i];
    }
    std::vector<std::pair<double, int>> order;
    order.reserve(static_cast<size_t>(packing_.bins));
    for (int bin = 0; bin < static_cast<int>(packing_.bins); ++bin) {
      order.emplace_back(-static_cast<double>(room[bin]) * (0.3 + dice_.Draw()), bin);
    }
    std::sort(order.begin(), order.end());
    // Bins with free capacity first, until they have enough for one bin; then any.
    size_t spacious = 0;
    for (int64_t free = 0; spacious < order.size() && free < capacity_ + capacity_ / 8;
         ++spacious) {
      free += room[order[spacious].second];
    }
    for (size_t k = order.size(); k > spacious + 1; --k) {
      std::swap(order[k - 1], order[spacious + dice_.Below(k - spacious)]);
    }
    std::vector<int> bins, items;
    std::set<int64_t> kinds;
    for (const auto& [key, bin] : order) {
      if (bins.size() > spacious && kinds.size() >= kPartRows) break;
      bins.push_back(bin);
      for (const int item : there[bin]) {
        items.push_back(item);
        kinds.insert(sizes_[item]);
      }
    }
    budget_.Spend(static_cast<int64_t>(sizes_.size() + order.size()));
    if (kinds.size() > kMostRows) return;
    const std::vector<int64_t> sizes = SizesOf(items);
    BinPacking part;
    part.bins = static_cast<int64_t>(bins.size());
    const int64_t total = std::accumulate(sizes.begin(), sizes.end(), int64_t{0});
    part.bound = std::max<int64_t>((total + capacity_ - 1) / capacity_, part.bins - 1);
    std::map<int, int> number;
    for (size_t b = 0; b < bins.size(); ++b) number[bins[b]] = static_cast<int>(b);
    for (const int item : items) part.bin_of.push_back(number[packing_.bin_of[item]]);
    if (part.bound >= part.bins) return;
    const int64_t end = std::min(steps_end_, budget_.steps() + kPartSteps);
    const int64_t before = part.bins;
    Rounding(sizes, capacity_, end, budget_, part).Run();
    if (part.bins >= before) return;
    // The part has one bin fewer: the last bin takes the number of the one that is free now.
    const int freed = bins[part.bins];
    for (size_t k = 0; k < items.size(); ++k) packing_.bin_of[items[k]] = bins[part.bin_of[k]];
    for (int& bin : packing_.bin_of) {
      if (bin == static_cast<int>(packing_.bins) - 1) bin = freed;
    }
    --packing_.bins;
  }

  const std::vector<int64_t>& sizes_;
  const int64_t capacity_;
  const int64_t steps_end_;
  Budget& budget_;
  BinPacking& packing_;
  Dice dice_{1};
};

}  // namespace

std::vector<int> BestFitDecreasing(const std::vector<int64_t>& sizes,
                                   const std::vector<int64_t>& capacities) {
  std::vector<int> order(sizes.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return sizes[a] > sizes[b]; });
  std::vector<int> bin_of(sizes.size(), -1);
  // Bins in use by their free capacity, and the others in their order.
  std::set<std::pair<int64_t, int>> rooms;
  std::vector<char> in_use(capacities.size(), 0);
  size_t first_unused = 0;
  for (const int item : order) {
    int64_t room = 0;
    int bin = -1;
    if (const auto at = rooms.lower_bound({sizes[item], 0}); at != rooms.end()) {
      room = at->first;
      bin = at->second;
      rooms.erase(at);
    } else {
      while (first_unused < capacities.size() && in_use[first_unused]) ++first_unused;
      size_t next = first_unused;
      while (next < capacities.size() && (in_use[next] || capacities[next] < sizes[item])) ++next;
      if (next == capacities.size()) continue;
      in_use[next] = 1;
      room = capacities[next];
      bin = static_cast<int>(next);
    }
    bin_of[item] = bin;
    rooms.emplace(room - sizes[item], bin);
  }
  return bin_of;
}

BinPacking BestFitDecreasing(const std::vector<int64_t>& sizes, int64_t capacity) {
  BinPacking packing;
  packing.bin_of = BestFitDecreasing(sizes, std::vector<int64_t>(sizes.size(), capacity));
  for (const int bin : packing.bin_of) packing.bins = std::max<int64_t>(packing.bins, bin + 1);
  const int64_t total = std::accumulate(sizes.begin(), sizes.end(), int64_t{0});
  packing.bound = (total + capacity - 1) / capacity;
  return packing;
}

void PackIntoFewest(const std::vector<int64_t>& sizes, int64_t capacity, int64_t max_steps,
                    Budget& budget, BinPacking& packing) {
  if (packing.bins <= packing.bound) return;
  const int64_t steps_end = budget.steps() + max_steps;
  const size_t kinds = std::set<int64_t>(sizes.begin(), sizes.end()).size();
  Parts parts(sizes, capacity, steps_end, budget, packing);
  if (kinds > kWholeRows) parts.PackChunks((kinds + kChunkRows - 1) / kChunkRows);
  if (kinds > kWholeRows) parts.Run(kinds > kMostRows ? max_steps : max_steps / 4);
  if (kinds <= kMostRows) Rounding(sizes, capacity, steps_end, budget, packing).Run();
}

}  // namespace kirikae::planner
