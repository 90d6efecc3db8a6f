#include "service/planner/pattern_lp.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace kirikae::planner {
namespace {

constexpr double kTiny = 1e-9;
constexpr double kWorthwhile = 1e-7;
/// The program counts as reached when it needs at most this fraction of a bin more than the bins
/// left. Demands are perturbed slightly to avoid ties.
constexpr double kNear = 1e-3;
constexpr double kShake = 1e-6;
/// Costs of patterns are perturbed by at most this share of a bin, for the same reason.
constexpr double kCostShake = 5e-7;
/// Smaller entries of a column count as 0; a smaller pivot counts as inaccurate; a column with a
/// smaller entry replaces none.
constexpr double kZero = 1e-11;
constexpr double kSmallestPivot = 1e-8;
constexpr double kSmallestEntry = 1e-5;
/// Amounts below 0 by less than this count as 0.
constexpr double kWrong = 1e-5;
/// So many times as many patterns as rows are looked at first for a replacement.
constexpr size_t kNearTimes = 3;
/// No column.
constexpr int kNone = std::numeric_limits<int>::min();
/// Patterns used less are not mentioned; from kNearlyWhole on, an amount counts as one whole bin.
constexpr double kUsed = 1e-5;
constexpr double kNearlyWhole = 0.97;
/// Patterns kept of one reading of the pool.
constexpr size_t kMostCandidates = 24;
/// A column with this many times fewer entries than rows is worked through entry by entry.
constexpr size_t kFewTimes = 3;
/// Cells of the inverse, and patterns, that are worked through in the time of one step.
constexpr int64_t kCellsPerStep = 10;
constexpr int64_t kReadsPerStep = 4;
/// By how much the values drawn for the first fillings differ from the sizes.
constexpr double kSpread = 0.05;
constexpr double kScale = static_cast<double>(int64_t{1} << 30);

/// The cost of a pattern: a bin, and a little that differs from pattern to pattern.
double CostOf(int id) {
  return 1 +
         kCostShake * static_cast<double>(static_cast<uint32_t>(id) * 2654435769U % 65536) / 65536;
}

}  // namespace

PatternLp::PatternLp(const BinDemand& demand, Budget& budget)
    : demand_(demand),
      budget_(budget),
      rows_(demand.rows()),
      knapsack_(demand),
      part_begin_{0},
      duals_(rows_) {
  node_.left = demand_.counts;
  node_.bins = demand_.bins;
  for (int row = 0; row < rows_; ++row) Offer({{row, 1}});
  StartAgain();
}

/// Takes bins that hold one row each as the basis. The first patterns of the pool are those with
/// one piece, in the order of the rows.
void PatternLp::StartAgain() {
  Node start;
  start.left = std::move(node_.left);
  start.bins = node_.bins;
  start.proper = std::move(node_.proper);
  start.sifted = node_.sifted;
  for (int row = 0; row < rows_; ++row) {
    if (start.left[row] > 0) start.rows.push_back(row);
  }
  const size_t height = start.rows.size();
  start.inverse.assign(height * height, 0);
  start.artificial.assign(height, 0);
  for (size_t at = 0; at < height; ++at) {
    const int row = start.rows[at];
    int64_t each = 1;
    if (row < demand_.first_filler()) {
      each = std::max<int64_t>(1, std::min(start.left[row], demand_.capacity / demand_.sizes[row]));
    }
    const double shake = kShake * (1 + static_cast<double>(row * 7919LL % 1009) / 1009);
    start.inverse[at * height + at] = 1.0 / static_cast<double>(each);
    start.basis.push_back(each == 1 ? row : static_cast<int>(pool_.size()));
    start.amounts.push_back((static_cast<double>(start.left[row]) + shake) /
                            static_cast<double>(each));
    start.costs.push_back(CostOf(start.basis.back()));
    if (each > 1) Offer({{row, static_cast<int>(each)}});
  }
  Return(start);
}

void PatternLp::Return(const Node& node) {
  node_ = node;
  at_.assign(rows_, -1);
  for (size_t at = 0; at < height(); ++at) at_[node_.rows[at]] = static_cast<int>(at);
}

std::vector<PatternLp::Use> PatternLp::Used() const {
  std::vector<Use> used;
  for (size_t k = 0; k < height(); ++k) {
    if (node_.basis[k] < 0 || node_.artificial[k] || node_.amounts[k] < kUsed) continue;
    used.push_back({node_.basis[k], node_.amounts[k]});
  }
  return used;
}

void PatternLp::Offer(Pattern pattern) {
  std::sort(pattern.begin(), pattern.end());
  for (const auto& [row, count] : pattern) parts_.push_back({row, static_cast<double>(count)});
  part_begin_.push_back(parts_.size());
  pool_.push_back(std::move(pattern));
}

bool PatternLp::Proper(const Pattern& pattern) const {
  return std::all_of(pattern.begin(), pattern.end(),
                     [&](const auto& part) { return part.second <= node_.left[part.first]; });
}

void PatternLp::Price() {
  duals_.assign(rows_, 0);
  for (size_t at = 0; at < height(); ++at) {
    const double* const column = Column(at);
    double dual = 0;
    for (size_t k = 0; k < height(); ++k) dual += node_.costs[k] * column[k];
    duals_[node_.rows[at]] = dual;
  }
}

/// Adds the column of a pattern whose rows all have a demand left.
void PatternLp::AddColumn(const Pattern& pattern, double sign, std::vector<double>& into) const {
  const size_t height = this->height();
  for (const auto& [row, count] : pattern) {
    const double factor = sign * count;
    const double* const column = Column(at_[row]);
    for (size_t k = 0; k < height; ++k) into[k] += factor * column[k];
  }
}

double PatternLp::GainOf(int id) const {
  double gain = -CostOf(id);
  for (size_t p = part_begin_[id]; p < part_begin_[id + 1]; ++p) {
    gain += duals_[parts_[p].row] * parts_[p].count;
  }
  return gain;
}

/// Takes the patterns added since into the list of proper ones.
void PatternLp::SiftPool() {
  for (; node_.sifted < pool_.size(); ++node_.sifted) {
    if (Proper(pool_[node_.sifted])) node_.proper.push_back(static_cast<int>(node_.sifted));
  }
}

PatternLp::Entering PatternLp::BestCandidate() const {
  Entering best{-1, 0};
  for (const int id : candidates_) {
    const double gain = GainOf(id);
    if (gain > kWorthwhile && gain > best.gain) best = {id, gain};
  }
  return best;
}

/// The column that gains most among the candidates; where none of them gains, reads the pool for
/// new ones.
PatternLp::Entering PatternLp::BestKnown() {
  Entering best = BestCandidate();
  if (best.gain <= 0) {
    SiftPool();
    std::vector<std::pair<double, int>> gains;
    for (const int id : node_.proper) {
      const double gain = GainOf(id);
      if (gain > kWorthwhile) gains.emplace_back(-gain, id);
    }
    budget_.Spend(static_cast<int64_t>(node_.proper.size()) / kReadsPerStep);
    const size_t kept = std::min(gains.size(), kMostCandidates);
    std::partial_sort(gains.begin(), gains.begin() + static_cast<std::ptrdiff_t>(kept),
                      gains.end());
    candidates_.clear();
    for (size_t c = 0; c < kept; ++c) candidates_.push_back(gains[c].second);
    best = BestCandidate();
  }
  for (const int row : node_.rows) {
    if (-duals_[row] > std::max(best.gain, kWorthwhile)) best = {-1 - row, -duals_[row]};
  }
  return best;
}

/// Writes the column of a pattern or a surplus, in terms of the basis, to `direction_`.
void PatternLp::DirectTo(int id) {
  direction_.assign(height(), 0);
  if (id >= 0) {
    AddColumn(pool_[id], 1, direction_);
  } else {
    const double* const column = Column(at_[-1 - id]);
    for (size_t k = 0; k < height(); ++k) direction_[k] = -column[k];
  }
  changed_.clear();
  for (size_t k = 0; k < height(); ++k) {
    if (std::abs(direction_[k]) > kZero) {
      changed_.push_back(static_cast<int>(k));
    } else {
      direction_[k] = 0;
    }
  }
}

/// Brings the column into the basis; false when the numbers are no longer accurate enough.
bool PatternLp::Enter(const Entering& entering) {
  DirectTo(entering.id);
  int leaving = -1;
  double least = 0;
  for (const int k : changed_) {
    if (direction_[k] <= kTiny) continue;
    const double ratio = std::max(0.0, node_.amounts[k]) / direction_[k];
    const bool tie = leaving >= 0 && ratio <= least + 1e-12;
    if (leaving < 0 || ratio < least - 1e-12 || (tie && direction_[k] > direction_[leaving])) {
      leaving = k;
      least = ratio;
    }
  }
  if (leaving < 0 || direction_[leaving] < kSmallestPivot) return false;
  node_.amounts[leaving] = std::max(0.0, node_.amounts[leaving]);
  Pivot(static_cast<size_t>(leaving), entering);
  return true;
}

/// Puts the column that `direction_` is for in the place of the `leaving` position.
void PatternLp::Pivot(size_t leaving, const Entering& entering) {
  const double pivot = direction_[leaving];
  const size_t height = this->height();
  const bool few = changed_.size() * kFewTimes < height;
  for (size_t at = 0; at < height; ++at) {
    double* const column = Column(at);
    if (column[leaving] == 0) continue;
    const double factor = column[leaving] / pivot;
    duals_[node_.rows[at]] -= entering.gain * factor;
    if (few) {
      for (const int k : changed_) column[k] -= factor * direction_[k];
    } else {
      for (size_t k = 0; k < height; ++k) column[k] -= factor * direction_[k];
    }
    column[leaving] = factor;
  }
  const double amount = node_.amounts[leaving] / pivot;
  for (const int k : changed_) node_.amounts[k] -= amount * direction_[k];
  node_.amounts[leaving] = amount;
  node_.basis[leaving] = entering.id;
  node_.artificial[leaving] = 0;
  node_.costs[leaving] = entering.id >= 0 ? CostOf(entering.id) : 0;
  budget_.Spend(static_cast<int64_t>(height * (few ? changed_.size() : height)) / kCellsPerStep +
                1);
}

bool PatternLp::Generate(int64_t& needed) {
  double most = 1;
  for (const double dual : duals_) most = std::max(most, dual);
  const double scale = kScale / most;
  std::vector<int64_t> values(rows_);
  int64_t total = 0;
  for (const int row : node_.rows) {
    values[row] = std::llround(std::max(0.0, duals_[row]) * scale);
    total += values[row] * node_.left[row];
  }
  const auto worth = static_cast<int64_t>(scale * (1 + kCostShake + 2 * kWorthwhile));
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
  candidates_.clear();
  Settle();
  Price();
  for (int round = 1;; ++round) {
    double used = 0, wrong = 0;
    for (size_t k = 0; k < height(); ++k) {
      used += (node_.basis[k] >= 0 ? 1 : 0) * node_.amounts[k];
      if (node_.artificial[k]) wrong += node_.amounts[k];
    }
    if (used <= static_cast<double>(node_.bins) + kNear && wrong <= kShake) return Answer::kReached;
    if (budget_.Exhausted()) return Answer::kGaveUp;
    if (round % 64 == 0) Price();
    Entering entering = BestKnown();
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
    if (!Enter(entering)) return Answer::kGaveUp;
  }
}

void PatternLp::Fix(const Pattern& pattern, int64_t times) {
  direction_.assign(height(), 0);
  AddColumn(pattern, static_cast<double>(times), direction_);
  for (size_t k = 0; k < height(); ++k) node_.amounts[k] -= direction_[k];
  for (const auto& [row, count] : pattern) node_.left[row] -= count * times;
  node_.bins -= times;
  node_.settled = false;
}

bool PatternLp::FixWhole(std::vector<Pattern>& fixed) {
  bool any = false;
  for (const Use& use : Used()) {
    auto times = static_cast<int64_t>(use.amount + 1 - kNearlyWhole);
    const Pattern& pattern = pool_[use.id];
    for (const auto& [row, count] : pattern) times = std::min(times, node_.left[row] / count);
    times = std::min(times, node_.bins);
    if (times <= 0) continue;
    Fix(pattern, times);
    fixed.insert(fixed.end(), static_cast<size_t>(times), pattern);
    any = true;
  }
  return any;
}

/// Lists the proper patterns that gain most, a few times as many as there are rows.
void PatternLp::ListNear() {
  std::vector<std::pair<double, int>> losses;
  losses.reserve(node_.proper.size());
  for (const int id : node_.proper) losses.emplace_back(-GainOf(id), id);
  const size_t count = std::min(losses.size(), height() * kNearTimes);
  std::nth_element(losses.begin(), losses.begin() + static_cast<std::ptrdiff_t>(count),
                   losses.end());
  near_.clear();
  for (size_t k = 0; k < count; ++k) near_.push_back(losses[k].second);
}

/// Makes a basis of proper patterns with amounts of at least 0, after patterns were fixed.
void PatternLp::Settle() {
  if (node_.settled) return;
  node_.settled = true;
  node_.proper.erase(std::remove_if(node_.proper.begin(), node_.proper.end(),
                                    [&](int id) { return !Proper(pool_[id]); }),
                     node_.proper.end());
  SiftPool();
  Price();
  ListNear();
  if (!RemoveImproper() || !DropDoneRows()) StartAgain();
  Repair();
  MakeFeasible();
}

/// Whether the column at this position is a pattern that the demand left doesn't hold whole.
bool PatternLp::IsImproper(size_t position) const {
  return node_.basis[position] >= 0 && !Proper(pool_[node_.basis[position]]);
}

/// The column that replaces the one at this position in a step of the dual simplex: the one whose
/// gain stays closest to 0; among equals, the one with the largest entry. id: kNone if there is
/// none. A column that gains counts as one that gains 0.
PatternLp::Entering PatternLp::BestReplacement(size_t position) {
  const double sign = node_.amounts[position] > 0 ? 1 : -1;
  entries_.assign(rows_, 0);
  for (size_t at = 0; at < height(); ++at) {
    entries_[node_.rows[at]] = sign * Column(at)[position];
  }
  Entering best{kNone, 0};
  double least = 0, largest = 0;
  const auto weigh = [&](int id, double gain, double entry) {
    if (entry < kSmallestEntry) return;
    const double ratio = std::max(0.0, -gain) / entry;
    if (best.id != kNone && (ratio > least + kTiny || (ratio > least - kTiny && entry <= largest)))
      return;
    best = {id, gain};
    least = ratio;
    largest = entry;
  };
  const auto weigh_all = [&](const std::vector<int>& ids) {
    for (const int id : ids) {
      double entry = 0;
      for (size_t p = part_begin_[id]; p < part_begin_[id + 1]; ++p) {
        entry += entries_[parts_[p].row] * parts_[p].count;
      }
      if (entry >= kSmallestEntry) weigh(id, GainOf(id), entry);
    }
    budget_.Spend(static_cast<int64_t>(ids.size()) / kReadsPerStep);
  };
  for (const int row : node_.rows) weigh(-1 - row, -duals_[row], -entries_[row]);
  weigh_all(near_);
  if (best.id == kNone) weigh_all(node_.proper);
  return best;
}

/// Puts the column in the place of the one at this position. A column that gains has its cost
/// raised until it gains nothing, so that no dual changes by it. False when the numbers are no
/// longer accurate enough.
bool PatternLp::Replace(size_t position, const Entering& entering, bool shift) {
  if (entering.id == kNone) return false;
  DirectTo(entering.id);
  if (std::abs(direction_[position]) < kSmallestPivot) return false;
  shift |= entering.gain > 0;
  Pivot(position, {entering.id, shift ? 0 : entering.gain});
  if (shift) node_.costs[position] += entering.gain;
  return true;
}

/// Takes the patterns out of the basis that the demand left doesn't hold whole. In the place of
/// some come the surpluses of the rows without a demand left. False when the numbers are no longer
/// accurate enough.
bool PatternLp::RemoveImproper() {
  std::vector<size_t> improper;
  for (size_t k = 0; k < height(); ++k) {
    if (IsImproper(k)) improper.push_back(k);
  }
  for (size_t at = 0; at < height() && !improper.empty(); ++at) {
    const int row = node_.rows[at];
    if (node_.left[row] > 0 ||
        std::find(node_.basis.begin(), node_.basis.end(), -1 - row) != node_.basis.end()) {
      continue;
    }
    const auto best = std::max_element(improper.begin(), improper.end(), [&](size_t a, size_t b) {
      return std::abs(Column(at)[a]) < std::abs(Column(at)[b]);
    });
    if (!Replace(*best, {-1 - row, -duals_[row]}, /*shift=*/true)) return false;
    improper.erase(best);
  }
  return std::all_of(improper.begin(), improper.end(), [&](size_t position) {
    return Replace(position, BestReplacement(position), /*shift=*/false);
  });
}

/// Makes amounts at least 0, and those of artificial columns 0, by steps of the dual simplex. May
/// leave some undone.
void PatternLp::Repair() {
  const size_t most_steps = height() * 2;
  for (size_t step = 0; step < most_steps && !budget_.Exhausted(); ++step) {
    size_t worst = height();
    double amount = kWrong;
    for (size_t k = 0; k < height(); ++k) {
      const double wrong = node_.artificial[k] ? std::abs(node_.amounts[k]) : -node_.amounts[k];
      if (wrong <= amount) continue;
      amount = wrong;
      worst = k;
    }
    if (worst == height() || !Replace(worst, BestReplacement(worst), /*shift=*/false)) return;
  }
}

/// Turns a basis column with a negative amount into an artificial one that must leave, or back. Its
/// cost exceeds that of the single-row bins that can replace it. Gives the others their own costs
/// again.
void PatternLp::MakeFeasible() {
  for (size_t k = 0; k < height(); ++k) {
    const int id = node_.basis[k];
    if (node_.amounts[k] < -kWrong) {
      for (size_t at = 0; at < height(); ++at) Column(at)[k] = -Column(at)[k];
      node_.amounts[k] = -node_.amounts[k];
      node_.artificial[k] = node_.artificial[k] ? 0 : 1;
    }
    node_.amounts[k] = std::max(0.0, node_.amounts[k]);
    double cost = id >= 0 ? CostOf(id) : 0;
    if (node_.artificial[k]) {
      cost = 2;
      for (const auto& [row, count] : id >= 0 ? pool_[id] : Pattern()) cost += count;
    }
    node_.costs[k] = cost;
  }
}

/// Drops the rows without a demand left: only their surplus has an entry in them. False when the
/// basis has not the surplus of each.
bool PatternLp::DropDoneRows() {
  std::vector<size_t> rows, positions;
  for (size_t k = 0; k < height(); ++k) {
    if (node_.left[node_.rows[k]] > 0) rows.push_back(k);
    const int id = node_.basis[k];
    if (id >= 0 || node_.left[-1 - id] > 0) positions.push_back(k);
  }
  if (rows.size() != positions.size()) return false;
  if (rows.size() == height()) return true;
  Node kept;
  kept.left = std::move(node_.left);
  kept.bins = node_.bins;
  kept.proper = std::move(node_.proper);
  kept.sifted = node_.sifted;
  kept.inverse.reserve(rows.size() * rows.size());
  for (const size_t at : rows) {
    kept.rows.push_back(node_.rows[at]);
    for (const size_t k : positions) kept.inverse.push_back(Column(at)[k]);
  }
  for (const size_t k : positions) {
    kept.basis.push_back(node_.basis[k]);
    kept.artificial.push_back(node_.artificial[k]);
    kept.costs.push_back(node_.costs[k]);
    kept.amounts.push_back(node_.amounts[k]);
  }
  Return(kept);
  return true;
}

}  // namespace kirikae::planner
