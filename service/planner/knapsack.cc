#include "service/planner/knapsack.h"

#include <algorithm>

namespace kirikae::planner {
namespace {

/// Above this number of table cells, Branch() is used instead of ByTable().
constexpr int64_t kLargestTable = 4'000'000;
constexpr int64_t kMostNodes = 4'000'000;
/// Nodes searched after the first filling worth returning.
constexpr int64_t kMoreNodes = 3'000;
constexpr size_t kMostPatterns = 8;
/// Pairs whose best partner is examined closely.
constexpr size_t kMostPartners = 200;

}  // namespace

Knapsack::Knapsack(const BinDemand& demand) : demand_(demand) { ListPairs(); }

void Knapsack::ListPairs() {
  if (demand_.fillers > 0) return;
  int64_t five = 0, pieces = 5;
  for (int row = demand_.rows() - 1; row >= 0 && pieces > 0; --row) {
    const int64_t count = std::min(pieces, demand_.counts[row]);
    five += count * demand_.sizes[row];
    pieces -= count;
  }
  if (!std::is_sorted(demand_.sizes.rbegin(), demand_.sizes.rend())) return;
  if (pieces == 0 && five <= demand_.capacity) return;
  pairs_.push_back({0, -1, -1});
  for (int i = 0; i < demand_.rows(); ++i) {
    pairs_.push_back({demand_.sizes[i], i, -1});
    for (int j = i; j < demand_.rows(); ++j) {
      const int64_t size = demand_.sizes[i] + demand_.sizes[j];
      if (size > demand_.capacity || (i == j && demand_.counts[i] < 2)) continue;
      pairs_.push_back({size, i, j});
    }
  }
  std::stable_sort(pairs_.begin(), pairs_.end(),
                   [](const Pair& a, const Pair& b) { return a.size < b.size; });
}

/// Negative when the limits do not allow the pair.
int64_t Knapsack::ValueOf(const Pair& pair) const {
  const std::vector<int64_t>& limits = *limits_;
  if (pair.first < 0) return 0;
  if (limits[pair.first] < (pair.first == pair.second ? 2 : 1)) return -1;
  if (pair.second < 0) return (*values_)[pair.first];
  if (limits[pair.second] < 1) return -1;
  return (*values_)[pair.first] + (*values_)[pair.second];
}

/// Joins both pairs into one filling; false when the limits do not allow it.
bool Knapsack::Join(const Pair& one, const Pair& other, Pattern& pattern) const {
  int rows[] = {one.first, one.second, other.first, other.second};
  std::sort(std::begin(rows), std::end(rows));
  pattern.clear();
  for (int row : rows) {
    if (row < 0) continue;
    if (!pattern.empty() && pattern.back().first == row) {
      ++pattern.back().second;
    } else {
      pattern.emplace_back(row, 1);
    }
  }
  return std::all_of(pattern.begin(), pattern.end(),
                     [&](const auto& part) { return part.second <= (*limits_)[part.first]; });
}

/// For bins of at most four pieces: joins every pair with the most valuable pair that still fits.
void Knapsack::ByPairs(int64_t worth, Answer& answer) {
  const size_t count = pairs_.size();
  pair_value_.resize(count);
  best_upto_.resize(count);
  for (size_t k = 0; k < count; ++k) {
    pair_value_[k] = ValueOf(pairs_[k]);
    best_upto_[k] = static_cast<int>(k);
    if (k > 0 && pair_value_[best_upto_[k - 1]] >= pair_value_[k])
      best_upto_[k] = best_upto_[k - 1];
  }
  struct Candidate {
    int64_t value;
    size_t pair;
    size_t partners;
  };
  std::vector<Candidate> candidates;
  size_t fit = count;
  for (size_t k = 0; k < count; ++k) {
    while (pairs_[fit - 1].size > demand_.capacity - pairs_[k].size) --fit;
    if (pair_value_[k] < 0) continue;
    const int64_t value = pair_value_[k] + pair_value_[best_upto_[fit - 1]];
    if (value > worth) candidates.push_back({value, k, fit});
  }
  answer.steps = static_cast<int64_t>(count);
  answer.best = worth;
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const Candidate& a, const Candidate& b) { return a.value > b.value; });
  if (!candidates.empty()) answer.best = candidates.front().value;
  Pattern pattern;
  for (size_t c = 0; c < candidates.size() && c < kMostPartners; ++c) {
    if (answer.patterns.size() == kMostPatterns) break;
    const Candidate& candidate = candidates[c];
    const Pair& pair = pairs_[candidate.pair];
    if (Join(pair, pairs_[best_upto_[candidate.partners - 1]], pattern)) {
      if (answer.patterns.empty() || answer.patterns.back() != pattern) {
        answer.patterns.push_back(pattern);
      }
      continue;
    }
    // The best partner needs a piece that this pair has used up: tries any partner that the limits
    // allow.
    answer.steps += static_cast<int64_t>(candidate.partners) / 4;
    for (size_t q = candidate.partners; q-- > 0;) {
      if (pair_value_[q] < 0 || pair_value_[candidate.pair] + pair_value_[q] <= worth) continue;
      if (!Join(pair, pairs_[q], pattern)) continue;
      answer.patterns.push_back(pattern);
      break;
    }
  }
  if (answer.patterns.empty() && candidates.size() <= kMostPartners) answer.best = worth;
}

Knapsack::Answer Knapsack::Run(const std::vector<int64_t>& values,
                               const std::vector<int64_t>& limits, int64_t worth) {
  Answer answer;
  values_ = &values;
  limits_ = &limits;
  const auto table_size = [&] {
    return static_cast<int64_t>(pieces_.size() + 1) * (demand_.capacity + 1);
  };
  pieces_.clear();
  for (int row = 0; row < demand_.first_filler(); ++row) {
    const int64_t size = demand_.sizes[row];
    if (values[row] <= 0) continue;
    int64_t left = std::min(limits[row], demand_.capacity / size);
    for (int64_t part = 1; left > 0; part *= 2) {
      const int64_t count = std::min(part, left);
      left -= count;
      pieces_.push_back({row, static_cast<int>(count), size * count,
                         static_cast<double>(values[row]) * static_cast<double>(count)});
    }
  }
  if (table_size() > kLargestTable / 8 && !pairs_.empty()) {
    ByPairs(worth, answer);
  } else if (table_size() <= kLargestTable) {
    ByTable(worth, answer);
  } else {
    ByBranching(worth, answer);
  }
  return answer;
}

/// Computes the largest value by capacity, one piece after another. Values are whole numbers below
/// 2^53, so doubles hold them exactly.
void Knapsack::ByTable(int64_t worth, Answer& answer) {
  const int64_t capacity = demand_.capacity;
  const int64_t width = capacity + 1;
  best_.assign(width, 0);
  next_.assign(width, 0);
  taken_.assign(pieces_.size() * width, 0);
  std::vector<size_t> improved;
  for (size_t k = 0; k < pieces_.size(); ++k) {
    const Piece& piece = pieces_[k];
    unsigned char* const taken = taken_.data() + k * width;
    const double before = best_[capacity];
    std::copy(best_.begin(), best_.begin() + piece.size, next_.begin());
    for (int64_t room = piece.size; room <= capacity; ++room) {
      const double without = best_[room];
      const double with = best_[room - piece.size] + piece.value;
      next_[room] = with > without ? with : without;
      taken[room] = with > without;
    }
    best_.swap(next_);
    const double after = best_[capacity];
    if (after > before && after > static_cast<double>(worth)) improved.push_back(k + 1);
  }
  answer.steps = static_cast<int64_t>(pieces_.size()) * width / 4 + 1;
  answer.best = std::max(worth, static_cast<int64_t>(best_[capacity]));
  const size_t skip = improved.size() > kMostPatterns ? improved.size() - kMostPatterns : 0;
  for (size_t i = skip; i < improved.size(); ++i) {
    answer.patterns.push_back(Trace(improved[i], capacity, -1));
  }
  for (int row = demand_.first_filler(); row < demand_.rows(); ++row) {
    if ((*limits_)[row] <= 0) continue;
    const int64_t room = capacity - demand_.sizes[row];
    const int64_t value = (*values_)[row] + static_cast<int64_t>(best_[room]);
    if (value > worth) answer.patterns.push_back(Trace(pieces_.size(), room, row));
    answer.best = std::max(answer.best, value);
  }
}

Pattern Knapsack::Trace(size_t pieces, int64_t room, int filler) const {
  Pattern pattern;
  const int64_t width = demand_.capacity + 1;
  for (size_t k = pieces; k-- > 0;) {
    if (!taken_[k * width + room]) continue;
    const Piece& piece = pieces_[k];
    if (!pattern.empty() && pattern.back().first == piece.row) {
      pattern.back().second += piece.count;
    } else {
      pattern.emplace_back(piece.row, piece.count);
    }
    room -= piece.size;
  }
  std::reverse(pattern.begin(), pattern.end());
  if (filler >= 0) pattern.emplace_back(filler, 1);
  return pattern;
}

void Knapsack::ByBranching(int64_t worth, Answer& answer) {
  kinds_.clear();
  for (const Piece& piece : pieces_) {
    if (kinds_.empty() || kinds_.back() != piece.row) kinds_.push_back(piece.row);
  }
  const std::vector<int64_t>& values = *values_;
  std::stable_sort(kinds_.begin(), kinds_.end(), [&](int a, int b) {
    return static_cast<double>(values[a]) * static_cast<double>(demand_.sizes[b]) >
           static_cast<double>(values[b]) * static_cast<double>(demand_.sizes[a]);
  });
  count_.assign(demand_.rows(), 0);
  answer_ = &answer;
  answer.best = worth;
  nodes_ = kMostNodes;
  steps_ = 0;
  filler_ = -1;
  Branch(0, demand_.capacity, 0);
  for (int row = demand_.first_filler(); row < demand_.rows(); ++row) {
    if ((*limits_)[row] <= 0) continue;
    filler_ = row;
    Branch(0, demand_.capacity - demand_.sizes[row], values[row]);
  }
  answer.exact = nodes_ > 0;
  answer.steps = steps_ + 1;
}

void Knapsack::Keep(int64_t value) {
  if (answer_->patterns.empty()) nodes_ = std::min(nodes_, kMoreNodes);
  answer_->best = value;
  Pattern pattern;
  for (int row = 0; row < demand_.rows(); ++row) {
    if (count_[row] > 0) pattern.emplace_back(row, count_[row]);
  }
  if (filler_ >= 0) pattern.emplace_back(filler_, 1);
  if (answer_->patterns.size() == kMostPatterns) {
    answer_->patterns.erase(answer_->patterns.begin());
  }
  answer_->patterns.push_back(std::move(pattern));
}

/// Branches over rows by value per size, more pieces first. Cuts where even filling the rest at the
/// next row's rate gives no more than the best value.
void Knapsack::Branch(size_t kind, int64_t room, int64_t value) {
  if (value > answer_->best) Keep(value);
  for (; kind < kinds_.size(); ++kind) {
    const int row = kinds_[kind];
    const int64_t size = demand_.sizes[row];
    const double rate = static_cast<double>((*values_)[row]) / static_cast<double>(size);
    const double most = static_cast<double>(value) + rate * static_cast<double>(room) * (1 + 1e-12);
    if (most < static_cast<double>(answer_->best + 1)) return;
    if (size > room) continue;
    ++steps_;
    if (--nodes_ <= 0) return;
    const int64_t at_most = std::min((*limits_)[row], room / size);
    for (int64_t n = at_most; n > 0; --n) {
      count_[row] = static_cast<int>(n);
      Branch(kind + 1, room - n * size, value + n * (*values_)[row]);
      if (nodes_ <= 0) break;
    }
    count_[row] = 0;
    if (nodes_ <= 0) return;
  }
}

}  // namespace kirikae::planner
