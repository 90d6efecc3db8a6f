#include "service/planner/dive.h"

#include <algorithm>
#include <deque>
#include <functional>
#include <map>
#include <numeric>
#include <utility>

#include "service/planner/bins.h"
#include "service/planner/pattern_lp.h"

namespace kirikae::planner {
namespace {

/// Programs with more rows than this take too long.
constexpr int kMostRows = 700;
/// Bytes of levels kept to return to; turns allowed in the first dives.
constexpr size_t kKeptBytes = 48 << 20;
constexpr int kMostTurns = 150;
/// After this number of dives, the turns allowed double.
constexpr int kDivesToDoubleTurns = 4;
/// After this number of dives, a dive may stray one place further from the first candidates.
constexpr int kDivesToStray = 16;
constexpr size_t kMostWays = 200;
constexpr int64_t kWayNodes = 20'000;
constexpr int64_t kRestSteps = 20'000;
/// From kSlowRows different sizes on, CompleteByParts packs some of the bins again: kPartBins of
/// them or more.
constexpr size_t kSlowRows = 220;
constexpr size_t kPartBins = 14;
constexpr int64_t kPartSteps = 10'000'000;

/// Groups equal sizes into rows of a demand and equal capacities into lists of bins.
class Kinds {
 public:
  Kinds(const std::vector<int64_t>& sizes, const std::vector<int64_t>& capacities)
      : capacities_(capacities) {
    int64_t step = 0;
    for (int64_t size : sizes) step = std::gcd(step, size);
    for (int64_t& capacity : capacities_) capacity /= std::max<int64_t>(1, step);
    for (size_t i = 0; i < sizes.size(); ++i) {
      items_[sizes[i] / std::max<int64_t>(1, step)].push_back(static_cast<int>(i));
    }
    demand_.capacity = *std::max_element(capacities_.begin(), capacities_.end());
    for (const auto& [size, items] : items_) {
      demand_.sizes.push_back(size);
      demand_.counts.push_back(static_cast<int64_t>(items.size()));
    }
    for (size_t b = 0; b < capacities_.size(); ++b) {
      if (capacities_[b] > 0) bins_[capacities_[b]].push_back(static_cast<int>(b));
    }
    for (const auto& [capacity, bins] : bins_) {
      demand_.bins += static_cast<int64_t>(bins.size());
      if (capacity == demand_.capacity) continue;
      demand_.sizes.push_back(demand_.capacity - capacity);
      demand_.counts.push_back(static_cast<int64_t>(bins.size()));
      ++demand_.fillers;
    }
  }

  const BinDemand& demand() const { return demand_; }

  /// The capacities of the `bins` bins that are still empty when `left` of the demand is left. Each
  /// filler left stands for one smaller bin.
  std::vector<int64_t> RoomsLeft(const std::vector<int64_t>& left, int64_t bins) const {
    std::vector<int64_t> rooms;
    for (int row = demand_.first_filler(); row < demand_.rows(); ++row) {
      rooms.insert(rooms.end(), left[row], demand_.capacity - demand_.sizes[row]);
    }
    rooms.resize(bins, demand_.capacity);
    return rooms;
  }

  /// Turns a start into patterns, one for each bin with a size in it.
  std::vector<Pattern> PatternsOf(const std::vector<int>& bin_of) const {
    std::vector<std::map<int, int>> parts(capacities_.size());
    int row = 0;
    for (const auto& [size, items] : items_) {
      for (int item : items) {
        if (bin_of[item] >= 0) ++parts[bin_of[item]][row];
      }
      ++row;
    }
    std::vector<Pattern> patterns;
    for (size_t b = 0; b < parts.size(); ++b) {
      if (parts[b].empty()) continue;
      Pattern pattern(parts[b].begin(), parts[b].end());
      for (int f = demand_.first_filler(); f < demand_.rows(); ++f) {
        if (demand_.capacity - demand_.sizes[f] == capacities_[b]) pattern.emplace_back(f, 1);
      }
      patterns.push_back(std::move(pattern));
    }
    return patterns;
  }

  /// Assigns the items to bins according to the `chosen` patterns.
  void Assign(const std::vector<Pattern>& chosen, std::vector<int>& bin_of) {
    std::vector<std::vector<int>*> rows;
    for (auto& [size, items] : items_) rows.push_back(&items);
    for (const Pattern& pattern : chosen) {
      int64_t room = demand_.capacity;
      if (pattern.back().first >= demand_.first_filler()) {
        room -= demand_.sizes[pattern.back().first];
      }
      std::vector<int>& bins = bins_.at(room);
      const int bin = bins.back();
      bins.pop_back();
      for (const auto& [row, count] : pattern) {
        if (row >= demand_.first_filler()) continue;
        for (int n = 0; n < count; ++n) {
          bin_of[rows[row]->back()] = bin;
          rows[row]->pop_back();
        }
      }
    }
  }

 private:
  std::vector<int64_t> capacities_;
  std::map<int64_t, std::vector<int>, std::greater<int64_t>> items_;
  std::map<int64_t, std::vector<int>> bins_;
  BinDemand demand_;
};

class Diver {
 public:
  Diver(Kinds& kinds, const std::vector<Pattern>& start, int64_t max_steps, Budget& budget)
      : kinds_(kinds), demand_(kinds.demand()), budget_(budget), lp_(kinds.demand(), budget) {
    steps_end_ = budget.steps() + max_steps;
    // Who dives again for the same bins takes other ways.
    random_ ^= static_cast<uint64_t>(budget.steps()) * 0x9e3779b97f4a7c15u;
    for (const Pattern& pattern : start) lp_.Offer(pattern);
  }

  DiveAnswer Run() {
    lp_.Seed();
    const PatternLp::Answer answer = lp_.Solve();
    if (answer == PatternLp::Answer::kImpossible) return DiveAnswer::kImpossible;
    if (answer == PatternLp::Answer::kGaveUp) return DiveAnswer::kGaveUp;
    const PatternLp::Node top = lp_.node();
    for (seed_ = 0; !Ended(); ++seed_) {
      if (Dive()) return DiveAnswer::kPacked;
      lp_.Return(top);
      chosen_.clear();
    }
    return DiveAnswer::kGaveUp;
  }

  const std::vector<Pattern>& chosen() const { return chosen_; }

 private:
  /// A state of the dive and the patterns that may be fixed next.
  struct Level {
    PatternLp::Node node;
    size_t chosen = 0;
    std::vector<Pattern> candidates;
    size_t next = 0;
    /// How far the choices before this level strayed from the first candidates, in places.
    size_t strayed = 0;
  };

  bool Ended() const { return budget_.Exhausted() || budget_.steps() >= steps_end_; }

  uint64_t Random() {
    random_ ^= random_ << 13;
    random_ ^= random_ >> 7;
    random_ ^= random_ << 17;
    return random_;
  }

  void Take(const Pattern& pattern) {
    lp_.Fix(pattern, 1);
    chosen_.push_back(pattern);
  }

  /// The patterns that the program uses and that the demand left holds whole, the most used first.
  std::vector<Pattern> UsedPatterns() {
    std::vector<std::pair<double, int>> used;
    for (const PatternLp::Use& use : lp_.Used()) {
      if (lp_.Proper(lp_.pattern(use.id))) used.emplace_back(-Shaken(use.amount), use.id);
    }
    std::sort(used.begin(), used.end());
    std::vector<Pattern> patterns;
    patterns.reserve(used.size());
    for (const auto& [amount, id] : used) patterns.push_back(lp_.pattern(id));
    return patterns;
  }

  /// From the second dive on, multiplies the amount by a random factor from 0.5 to 1.5, so that
  /// dives take different ways.
  double Shaken(double amount) {
    return seed_ == 0 ? amount : amount * (0.5 + static_cast<double>(Random() % 1024) / 1024);
  }

  /// The ways to fill the bin of the largest size left that waste no more than the bins may waste
  /// in total; ways that the program uses come first. Empty when there are too many.
  std::vector<Pattern> WaysForLargest() {
    const PatternLp::Node& node = lp_.node();
    int row = 0;
    while (row < demand_.first_filler() && node.left[row] == 0) ++row;
    if (row == demand_.first_filler()) return {};
    waste_ = node.bins * demand_.capacity;
    for (int r = 0; r < demand_.rows(); ++r) waste_ -= node.left[r] * demand_.sizes[r];
    ways_.clear();
    way_nodes_ = kWayNodes;
    way_ = {{row, 1}};
    ListWays(row, demand_.capacity - demand_.sizes[row]);
    if (way_nodes_ <= 0 || ways_.size() > kMostWays) return {};
    std::map<Pattern, double> used;
    for (const PatternLp::Use& use : lp_.Used()) used[lp_.pattern(use.id)] += use.amount;
    std::vector<std::pair<double, size_t>> order;
    for (size_t w = 0; w < ways_.size(); ++w) {
      const auto at = used.find(ways_[w]);
      order.emplace_back(-Shaken(at == used.end() ? 1e-3 : at->second + 1e-3), w);
    }
    std::sort(order.begin(), order.end());
    std::vector<Pattern> patterns;
    patterns.reserve(order.size());
    for (const auto& [score, w] : order) patterns.push_back(ways_[w]);
    return patterns;
  }

  /// Extends `way_` with rows from `row` on that fit into `room`, and records each way that wastes
  /// little enough.
  void ListWays(int row, int64_t room) {
    if (--way_nodes_ <= 0 || ways_.size() > kMostWays) return;
    if (room <= waste_) ways_.push_back(way_);
    for (int r = row; r < demand_.rows(); ++r) {
      const bool filler = r >= demand_.first_filler();
      if (filler && way_.back().first >= demand_.first_filler()) return;
      const int64_t taken = way_.back().first == r ? way_.back().second : 0;
      if (demand_.sizes[r] > room || lp_.node().left[r] <= taken) continue;
      if (taken > 0) {
        ++way_.back().second;
      } else {
        way_.emplace_back(r, 1);
      }
      ListWays(r, room - demand_.sizes[r]);
      if (taken > 0) {
        --way_.back().second;
      } else {
        way_.pop_back();
      }
    }
  }

  size_t KeptLevels() const {
    const size_t bytes = sizeof(double) * static_cast<size_t>(demand_.rows()) * demand_.rows();
    return std::clamp<size_t>(kKeptBytes / (bytes + 1), 8, 2'000);
  }

  /// Three dives of four branch on the largest size left; the others fix what the program uses
  /// most. A dive strays from the first candidates by a few places in total (limited discrepancy
  /// search, Harvey and Ginsberg, 1995): so it turns back to its early choices instead of trying
  /// all last ones. Later dives may turn and stray more.
  bool Dive() {
    const bool by_largest = seed_ % 4 != 0;
    const int most_turns = kMostTurns << std::min(seed_ / kDivesToDoubleTurns, 12);
    const size_t may_stray = 1 + static_cast<size_t>(seed_ / kDivesToStray);
    std::deque<Level> levels;
    int turns = 0;
    size_t strayed = 0;
    for (;;) {
      if (Finish()) return true;
      if (Ended()) return false;
      levels.push_back({lp_.node(), chosen_.size(), {}, 0, strayed});
      if (levels.size() > KeptLevels()) levels.pop_front();
      bool forward = !by_largest && lp_.FixWhole(chosen_) && Fits();
      if (!forward) {
        Return(levels.back());
        if (by_largest) levels.back().candidates = WaysForLargest();
        if (levels.back().candidates.empty()) levels.back().candidates = UsedPatterns();
      }
      while (!forward) {
        if (turns > most_turns || Ended()) return false;
        Level& level = levels.back();
        Return(level);
        if (level.next < level.candidates.size() && level.strayed + level.next <= may_stray) {
          strayed = level.strayed + level.next;
          Take(level.candidates[level.next++]);
          forward = Fits();
        } else {
          levels.pop_back();
          if (levels.empty()) return false;
        }
        if (!forward) ++turns;
      }
    }
  }

  void Return(const Level& level) {
    lp_.Return(level.node);
    chosen_.resize(level.chosen);
  }

  bool Fits() { return lp_.Solve() == PatternLp::Answer::kReached; }

  /// Tries to put the rest into the bins left: the largest size first into the fullest bin that
  /// holds it, then by FillBins.
  bool Finish() {
    const std::vector<int64_t>& left = lp_.node().left;
    const std::vector<int64_t> rooms = kinds_.RoomsLeft(left, lp_.node().bins);
    std::vector<int64_t> room = rooms, sizes;
    std::vector<int> rows, bin_of;
    bool all = true;
    for (int row = 0; row < demand_.first_filler(); ++row) {
      for (int64_t n = 0; n < left[row]; ++n) {
        int best = -1;
        for (size_t b = 0; b < room.size(); ++b) {
          if (room[b] < demand_.sizes[row]) continue;
          if (best < 0 || room[b] < room[best]) best = static_cast<int>(b);
        }
        if (best >= 0) room[best] -= demand_.sizes[row];
        all &= best >= 0;
        rows.push_back(row);
        sizes.push_back(demand_.sizes[row]);
        bin_of.push_back(best);
      }
    }
    budget_.Spend(static_cast<int64_t>(sizes.size() * (room.size() / 8 + 1)));
    if (!all && !FillBins(sizes, rooms, bin_of, kRestSteps, budget_)) return false;
    Append(rooms, rows, bin_of);
    return true;
  }

  void Append(const std::vector<int64_t>& rooms, const std::vector<int>& rows,
              const std::vector<int>& bin_of) {
    std::vector<std::map<int, int>> parts(rooms.size());
    for (size_t i = 0; i < rows.size(); ++i) ++parts[bin_of[i]][rows[i]];
    for (size_t b = 0; b < parts.size(); ++b) {
      if (parts[b].empty()) continue;
      Pattern pattern(parts[b].begin(), parts[b].end());
      for (int row = demand_.first_filler(); row < demand_.rows(); ++row) {
        if (demand_.capacity - demand_.sizes[row] == rooms[b]) pattern.emplace_back(row, 1);
      }
      chosen_.push_back(std::move(pattern));
    }
  }

  Kinds& kinds_;
  const BinDemand& demand_;
  Budget& budget_;
  PatternLp lp_;
  int64_t steps_end_ = 0;
  int seed_ = 0;
  uint64_t random_ = 88172645463325252u;
  std::vector<Pattern> chosen_;
  // State of ListWays().
  int64_t waste_ = 0;
  int64_t way_nodes_ = 0;
  Pattern way_;
  std::vector<Pattern> ways_;
};

}  // namespace

DiveAnswer DiveForBins(const std::vector<int64_t>& sizes, const std::vector<int64_t>& capacities,
                       std::vector<int>& bin_of, int64_t max_steps, Budget& budget) {
  if (sizes.empty()) return DiveAnswer::kPacked;
  const int64_t largest = *std::max_element(sizes.begin(), sizes.end());
  const int64_t most =
      capacities.empty() ? 0 : *std::max_element(capacities.begin(), capacities.end());
  if (largest > most) return DiveAnswer::kImpossible;
  if (*std::min_element(sizes.begin(), sizes.end()) <= 0) return DiveAnswer::kGaveUp;
  Kinds kinds(sizes, capacities);
  if (kinds.demand().rows() > kMostRows) return DiveAnswer::kGaveUp;
  std::vector<Pattern> start;
  if (bin_of.size() == sizes.size()) start = kinds.PatternsOf(bin_of);
  Diver diver(kinds, start, max_steps, budget);
  const DiveAnswer answer = diver.Run();
  if (answer != DiveAnswer::kPacked) return answer;
  bin_of.assign(sizes.size(), -1);
  kinds.Assign(diver.chosen(), bin_of);
  return answer;
}

bool CompleteByParts(const std::vector<int64_t>& sizes, const std::vector<int64_t>& capacities,
                     std::vector<int>& bin_of, int64_t max_steps, Budget& budget) {
  std::vector<int64_t> kinds = sizes;
  std::sort(kinds.begin(), kinds.end());
  kinds.erase(std::unique(kinds.begin(), kinds.end()), kinds.end());
  if (kinds.size() < kSlowRows || capacities.size() < 2 * kPartBins) return false;
  std::vector<int64_t> room = capacities;
  for (size_t i = 0; i < sizes.size(); ++i) {
    if (bin_of[i] >= 0) room[bin_of[i]] -= sizes[i];
  }
  const int64_t end = budget.steps() + max_steps;
  uint64_t random = 88172645463325252u;
  for (int round = 0; budget.steps() < end && !budget.Exhausted(); ++round) {
    std::vector<std::pair<uint64_t, int>> order;
    for (size_t b = 0; b < room.size(); ++b) {
      random ^= random << 13;
      random ^= random >> 7;
      random ^= random << 17;
      order.emplace_back(room[b] > 0 ? 0 : random | 1, static_cast<int>(b));
    }
    std::sort(order.begin(), order.end());
    order.resize(kPartBins + static_cast<size_t>(round % 4) * 4);
    std::vector<int> part(capacities.size(), -1);
    std::vector<int64_t> part_capacities;
    for (const auto& [key, bin] : order) {
      part[bin] = static_cast<int>(part_capacities.size());
      part_capacities.push_back(capacities[bin]);
    }
    std::vector<int64_t> part_sizes;
    std::vector<size_t> items;
    for (size_t i = 0; i < sizes.size(); ++i) {
      if (bin_of[i] >= 0 && part[bin_of[i]] < 0) continue;
      items.push_back(i);
      part_sizes.push_back(sizes[i]);
    }
    std::vector<int> found;
    if (DiveForBins(part_sizes, part_capacities, found, kPartSteps, budget) !=
        DiveAnswer::kPacked) {
      continue;
    }
    for (size_t k = 0; k < items.size(); ++k) bin_of[items[k]] = order[found[k]].second;
    return true;
  }
  return false;
}

}  // namespace kirikae::planner
