#include "service/planner/bins.h"

#include <algorithm>
#include <utility>

namespace kirikae::planner {
namespace {

constexpr int kIdleRounds = 150;

class BinSearch {
 public:
  BinSearch(const std::vector<int64_t>& sizes, const std::vector<int64_t>& capacities,
            std::vector<int>& bin_of, int64_t max_steps, Budget& budget)
      : sizes_(sizes),
        room_(capacities),
        bin_of_(bin_of),
        steps_left_(max_steps),
        budget_(budget),
        in_bin_(capacities.size()),
        tabu_until_(sizes.size(), 0) {
    for (size_t i = 0; i < sizes.size(); ++i) {
      const int item = static_cast<int>(i);
      if (bin_of_[i] < 0) {
        outside_.push_back(item);
        outside_size_ += sizes[i];
      } else {
        room_[bin_of_[i]] -= sizes[i];
        in_bin_[bin_of_[i]].push_back(item);
      }
    }
  }

  bool Run() {
    int64_t least = outside_size_;
    int64_t least_ever = outside_size_;
    std::vector<int> best = bin_of_;
    int idle = 0;
    while (!outside_.empty()) {
      if (outside_size_ < least_ever) {
        least_ever = outside_size_;
        best = bin_of_;
      }
      if (steps_left_ <= 0 || budget_.Exhausted()) {
        bin_of_ = best;
        return false;
      }
      if (!Exchange()) idle = kIdleRounds;
      if (outside_size_ < least) {
        least = outside_size_;
        idle = 0;
      } else if (++idle >= kIdleRounds) {
        Descend();
        least = outside_size_;
        idle = 0;
      }
    }
    return true;
  }

 private:
  struct Incoming {
    int64_t size;
    int first;
    int second;
  };
  struct Move {
    int bin = -1;
    int out[2] = {-1, -1};
    int in[2] = {-1, -1};
  };

  uint64_t Random() {
    random_ ^= random_ << 13;
    random_ ^= random_ >> 7;
    random_ ^= random_ << 17;
    return random_;
  }

  void Spend(int64_t steps) {
    steps_left_ -= steps;
    budget_.Spend(steps);
  }

  /// Lists the sizes left out, single and in pairs, that are not tabu, sorted by size.
  void ListIncoming() {
    incoming_.clear();
    std::vector<int> free;
    for (int item : outside_) {
      if (tabu_until_[item] <= round_) free.push_back(item);
    }
    if (free.size() > 40) free.resize(40);
    for (size_t i = 0; i < free.size(); ++i) {
      incoming_.push_back({sizes_[free[i]], free[i], -1});
      for (size_t j = i + 1; j < free.size(); ++j) {
        incoming_.push_back({sizes_[free[i]] + sizes_[free[j]], free[i], free[j]});
      }
    }
    std::sort(incoming_.begin(), incoming_.end(), [](const Incoming& a, const Incoming& b) {
      return a.size != b.size ? a.size < b.size
                              : std::pair(a.first, a.second) < std::pair(b.first, b.second);
    });
  }

  void Consider(int bin, int first_out, int second_out) {
    int64_t out = 0;
    if (first_out >= 0) out += sizes_[first_out];
    if (second_out >= 0) out += sizes_[second_out];
    const int64_t room = room_[bin] + out;
    const auto end = std::upper_bound(incoming_.begin(), incoming_.end(), room,
                                      [](int64_t r, const Incoming& in) { return r < in.size; });
    if (end == incoming_.begin()) return;
    const Incoming& in = *(end - 1);
    const int64_t gain = in.size - out;
    if (gain < best_gain_) return;
    ties_ = gain > best_gain_ ? 1 : ties_ + 1;
    best_gain_ = gain;
    if (ties_ > 1 && Random() % ties_ != 0) return;
    best_ = {bin, {first_out, second_out}, {in.first, in.second}};
  }

  bool Exchange() {
    ++round_;
    ListIncoming();
    best_ = Move();
    best_gain_ = INT64_MIN;
    ties_ = 0;
    int64_t looked = 1;
    for (size_t b = 0; b < in_bin_.size() && !incoming_.empty(); ++b) {
      const int bin = static_cast<int>(b);
      const std::vector<int>& there = in_bin_[b];
      Consider(bin, -1, -1);
      for (size_t i = 0; i < there.size(); ++i) {
        if (tabu_until_[there[i]] > round_) continue;
        Consider(bin, there[i], -1);
        for (size_t j = i + 1; j < there.size() && there.size() <= 12; ++j) {
          if (tabu_until_[there[j]] <= round_) Consider(bin, there[i], there[j]);
        }
      }
      looked += static_cast<int64_t>(1 + there.size() * (there.size() + 1) / 2);
    }
    Spend(looked);
    if (best_.bin < 0) return false;
    for (int item : best_.out) {
      if (item < 0) continue;
      TakeOut(item);
      tabu_until_[item] = round_ + 2 + static_cast<int64_t>(Random() % 6);
    }
    for (int item : best_.in) {
      if (item < 0) continue;
      PutIn(item, best_.bin);
      tabu_until_[item] = round_ + 3 + static_cast<int64_t>(Random() % 10);
    }
    return true;
  }

  void TakeOut(int item) {
    std::erase(in_bin_[bin_of_[item]], item);
    room_[bin_of_[item]] += sizes_[item];
    bin_of_[item] = -1;
    outside_.push_back(item);
    outside_size_ += sizes_[item];
  }

  void PutIn(int item, int bin) {
    std::erase(outside_, item);
    outside_size_ -= sizes_[item];
    in_bin_[bin].push_back(item);
    room_[bin] -= sizes_[item];
    bin_of_[item] = bin;
  }

  /// Exchanges sizes between bins, which it visits in random order, as long as the fuller bin of a
  /// pair gets fuller.
  void Descend() {
    std::vector<int> bins;
    for (size_t b = 0; b < in_bin_.size(); ++b) bins.push_back(static_cast<int>(b));
    for (size_t b = bins.size(); b > 1; --b) std::swap(bins[b - 1], bins[Random() % b]);
    for (int pass = 0; pass < 3; ++pass) {
      bool any = false;
      for (size_t a = 0; a < bins.size(); ++a) {
        for (size_t b = 0; b < bins.size(); ++b) {
          if (a != b && steps_left_ > 0) any |= Fuller(bins[a], bins[b]);
        }
      }
      if (!any) return;
    }
  }

  /// Moves one or two sizes from `from` to `to`, and at most one size back, when this makes `to`
  /// fuller. Does nothing when `to` is full or emptier than `from`.
  bool Fuller(int to, int from) {
    Spend(1);
    if (room_[to] <= 0 || room_[to] > room_[from]) return false;
    const std::vector<int>& mine = in_bin_[to];
    const std::vector<int>& theirs = in_bin_[from];
    int64_t best = 0;
    int in = -1, out = -1, second_in = -1;
    const auto consider = [&](int64_t gain, int i, int i2, int o) {
      if (gain <= best || gain > room_[to]) return;
      best = gain;
      in = i;
      second_in = i2;
      out = o;
    };
    for (size_t i = 0; i < theirs.size(); ++i) {
      const int64_t size = sizes_[theirs[i]];
      consider(size, theirs[i], -1, -1);
      for (int o : mine) consider(size - sizes_[o], theirs[i], -1, o);
      for (size_t j = i + 1; j < theirs.size() && theirs.size() <= 12; ++j) {
        for (int o : mine) {
          consider(size + sizes_[theirs[j]] - sizes_[o], theirs[i], theirs[j], o);
        }
      }
    }
    Spend(static_cast<int64_t>(theirs.size() * (mine.size() + 1)));
    if (best <= 0) return false;
    if (out >= 0) TakeOut(out);
    TakeOut(in);
    PutIn(in, to);
    if (second_in >= 0) {
      TakeOut(second_in);
      PutIn(second_in, to);
    }
    if (out >= 0) PutIn(out, from);
    return true;
  }

  const std::vector<int64_t>& sizes_;
  std::vector<int64_t> room_;
  std::vector<int>& bin_of_;
  int64_t steps_left_;
  Budget& budget_;
  std::vector<std::vector<int>> in_bin_;
  std::vector<int64_t> tabu_until_;
  std::vector<int> outside_;
  int64_t outside_size_ = 0;
  std::vector<Incoming> incoming_;
  Move best_;
  int64_t best_gain_ = 0;
  uint64_t ties_ = 0;
  int64_t round_ = 0;
  uint64_t random_ = 88172645463325252u;
};

}  // namespace

bool FillBins(const std::vector<int64_t>& sizes, const std::vector<int64_t>& capacities,
              std::vector<int>& bin_of, int64_t max_steps, Budget& budget) {
  return BinSearch(sizes, capacities, bin_of, max_steps, budget).Run();
}

}  // namespace kirikae::planner
