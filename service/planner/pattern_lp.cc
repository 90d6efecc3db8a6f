#include "service/planner/pattern_lp.h"

#include <algorithm>
#include <cmath>

namespace kirikae::planner {
namespace {

constexpr double kTiny = 1e-9;
constexpr double kWorthwhile = 1e-7;
/// The program counts as reached when it needs at most this fraction of a bin more than the bins
/// left. Demands are perturbed slightly to avoid ties.
constexpr double kNear = 1e-3;
constexpr double kShake = 1e-6;
/// By how much the values drawn for the first fillings differ from the sizes.
constexpr double kSpread = 0.05;
constexpr double kScale = static_cast<double>(int64_t{1} << 30);

}  // namespace

PatternLp::PatternLp(const BinDemand& demand, Budget& budget)
    : demand_(demand), budget_(budget), rows_(demand.rows()), knapsack_(demand) {
  Reset();
}

/// Starts with bins that hold one row each.
void PatternLp::Reset() {
  node_.inverse.assign(static_cast<size_t>(rows_) * rows_, 0);
  node_.left = demand_.counts;
  node_.bins = demand_.bins;
  for (int row = 0; row < rows_; ++row) {
    int64_t each = 1;
    if (row < demand_.first_filler()) {
      each = std::max<int64_t>(
          1, std::min(demand_.counts[row], demand_.capacity / demand_.sizes[row]));
    }
    const double shake = kShake * (1 + static_cast<double>(row * 7919LL % 1009) / 1009);
    Column(row)[row] = 1.0 / static_cast<double>(each);
    node_.basis.push_back(static_cast<int>(pool_.size()));
    node_.costs.push_back(1);
    node_.amounts.push_back((static_cast<double>(demand_.counts[row]) + shake) /
                            static_cast<double>(each));
    pool_.push_back({{row, static_cast<int>(each)}});
  }
}

void PatternLp::Offer(Pattern pattern) {
  std::sort(pattern.begin(), pattern.end());
  pool_.push_back(std::move(pattern));
}

bool PatternLp::Proper(const Pattern& pattern) const {
  return std::all_of(pattern.begin(), pattern.end(),
                     [&](const auto& part) { return part.second <= node_.left[part.first]; });
}

void PatternLp::Price() {
  duals_.assign(rows_, 0);
  for (int row = 0; row < rows_; ++row) {
    const double* const column = Column(row);
    double dual = 0;
    for (int k = 0; k < rows_; ++k) dual += node_.costs[k] * column[k];
    duals_[row] = dual;
  }
}

void PatternLp::AddColumn(const Pattern& pattern, double sign, std::vector<double>& into) const {
  for (const auto& [row, count] : pattern) {
    const double factor = sign * count;
    const double* const column = Column(row);
    for (int k = 0; k < rows_; ++k) into[k] += factor * column[k];
  }
}

PatternLp::Entering PatternLp::BestKnown() const {
  Entering best{0, kWorthwhile};
  bool any = false;
  for (size_t id = 0; id < pool_.size(); ++id) {
    double gain = -1;
    bool proper = true;
    for (const auto& [row, count] : pool_[id]) {
      gain += duals_[row] * count;
      proper &= count <= node_.left[row];
    }
    if (gain <= best.gain || !proper) continue;
    best = {static_cast<int>(id), gain};
    any = true;
  }
  for (int row = 0; row < rows_; ++row) {
    if (-duals_[row] <= best.gain) continue;
    best = {-1 - row, -duals_[row]};
    any = true;
  }
  if (!any) best.gain = 0;
  return best;
}

/// Brings the column into the basis; false when the numbers are no longer accurate enough.
bool PatternLp::Pivot(const Entering& entering) {
  direction_.assign(rows_, 0);
  if (entering.id >= 0) {
    AddColumn(pool_[entering.id], 1, direction_);
  } else {
    const double* const column = Column(-1 - entering.id);
    for (int k = 0; k < rows_; ++k) direction_[k] = -column[k];
  }
  int leaving = -1;
  double least = 0;
  for (int k = 0; k < rows_; ++k) {
    if (direction_[k] <= kTiny) continue;
    const double ratio = std::max(0.0, node_.amounts[k]) / direction_[k];
    const bool tie = leaving >= 0 && ratio <= least + 1e-12;
    if (leaving < 0 || ratio < least - 1e-12 || (tie && direction_[k] > direction_[leaving])) {
      leaving = k;
      least = ratio;
    }
  }
  if (leaving < 0 || direction_[leaving] < 1e-8) return false;
  const double pivot = direction_[leaving];
  for (int row = 0; row < rows_; ++row) {
    double* const column = Column(row);
    if (column[leaving] == 0) continue;
    const double factor = column[leaving] / pivot;
    duals_[row] -= entering.gain * factor;
    for (int k = 0; k < rows_; ++k) column[k] -= factor * direction_[k];
    column[leaving] = factor;
  }
  for (int k = 0; k < rows_; ++k) node_.amounts[k] -= least * direction_[k];
  node_.amounts[leaving] = least;
  node_.basis[leaving] = entering.id;
  node_.costs[leaving] = entering.id >= 0 ? 1 : 0;
  budget_.Spend(static_cast<int64_t>(rows_) * rows_ / 10 + 1);
  return true;
}

bool PatternLp::Generate(int64_t& needed) {
  double most = 1;
  for (double dual : duals_) most = std::max(most, dual);
  const double scale = kScale / most;
  std::vector<int64_t> values(rows_);
  int64_t total = 0;
  for (int row = 0; row < rows_; ++row) {
    values[row] = std::llround(std::max(0.0, duals_[row]) * scale);
    total += values[row] * node_.left[row];
  }
  const auto worth = static_cast<int64_t>(scale * (1 + kWorthwhile));
  Knapsack::Answer answer = knapsack_.Run(values, node_.left, worth);
  budget_.Spend(answer.steps);
  needed = answer.exact && answer.best > 0 ? (total + answer.best - 1) / answer.best : 0;
  for (Pattern& pattern : answer.patterns) Offer(std::move(pattern));
  return !answer.patterns.empty();
}

/// Adds fillings that waste little, for every row. The values are drawn near the sizes.
void PatternLp::Seed() {
  uint64_t random = 88172645463325252u;
  std::vector<int64_t> values(rows_);
  for (int64_t round = 0; round < rows_ / 2 && !budget_.Exhausted(); ++round) {
    for (int row = 0; row < rows_; ++row) {
      random ^= random << 13;
      random ^= random >> 7;
      random ^= random << 17;
      const double noise = 1 + kSpread * static_cast<double>(random % 1024) / 1024;
      values[row] =
          static_cast<int64_t>(kScale / 2 * noise * static_cast<double>(demand_.sizes[row]) /
                               static_cast<double>(demand_.capacity));
    }
    Knapsack::Answer answer = knapsack_.Run(values, node_.left, static_cast<int64_t>(kScale / 2));
    budget_.Spend(answer.steps);
    for (Pattern& pattern : answer.patterns) Offer(std::move(pattern));
  }
}

PatternLp::Answer PatternLp::Solve() { return Iterate(/*raise=*/false); }

PatternLp::Answer PatternLp::SolveForFewest() {
  int64_t total = 0;
  for (int row = 0; row < rows_; ++row) total += node_.left[row] * demand_.sizes[row];
  node_.bins = (total + demand_.capacity - 1) / demand_.capacity;
  return Iterate(/*raise=*/true);
}

PatternLp::Answer PatternLp::Iterate(bool raise) {
  Price();
  for (int round = 1;; ++round) {
    double used = 0, wrong = 0;
    for (int k = 0; k < rows_; ++k) {
      used += node_.costs[k] * node_.amounts[k];
      if (node_.basis[k] == kArtificial) wrong += node_.amounts[k];
    }
    if (used <= static_cast<double>(node_.bins) + kNear && wrong <= kShake) return Answer::kReached;
    if (budget_.Exhausted()) return Answer::kGaveUp;
    if (round % 64 == 0) Price();
    Entering entering = BestKnown();
    budget_.Spend(static_cast<int64_t>(pool_.size()) / 4);
    if (entering.gain <= 0) {
      Price();
      int64_t needed = 0;
      const bool any = Generate(needed);
      if (needed > node_.bins) {
        if (!raise) return Answer::kImpossible;
        node_.bins = needed;
        continue;
      }
      if (!any) return Answer::kGaveUp;
      entering = BestKnown();
      if (entering.gain <= 0) return Answer::kGaveUp;
    }
    if (!Pivot(entering)) return Answer::kGaveUp;
  }
}

void PatternLp::Fix(const Pattern& pattern, int64_t times) {
  direction_.assign(rows_, 0);
  AddColumn(pattern, static_cast<double>(times), direction_);
  for (int k = 0; k < rows_; ++k) node_.amounts[k] -= direction_[k];
  for (const auto& [row, count] : pattern) node_.left[row] -= count * times;
  node_.bins -= times;
  MakeFeasible();
}

/// Turns a basis column with a negative amount into an artificial one that must leave. Its cost
/// exceeds that of the single-row bins that can replace it.
void PatternLp::MakeFeasible() {
  for (int k = 0; k < rows_; ++k) {
    if (node_.amounts[k] >= -kTiny) continue;
    double cost = 2;
    if (const int id = node_.basis[k]; id >= 0 && id != kArtificial) {
      for (const auto& [row, count] : pool_[id]) cost += count;
    } else if (id == kArtificial) {
      cost = node_.costs[k];
    }
    for (int row = 0; row < rows_; ++row) Column(row)[k] = -Column(row)[k];
    node_.amounts[k] = -node_.amounts[k];
    node_.basis[k] = kArtificial;
    node_.costs[k] = cost;
  }
}

}  // namespace kirikae::planner
