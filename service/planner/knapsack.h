// The most valuable filling of one bin: what column generation asks for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace kirikae::planner {

/// Sizes to be covered by bins of one capacity. A smaller bin is one that holds a filler: what it
/// lacks. The last `fillers` rows are such; a bin holds at most one of them.
struct BinDemand {
  int64_t capacity = 0;
  int64_t bins = 0;
  /// Each at most `capacity` and above 0.
  std::vector<int64_t> sizes;
  std::vector<int64_t> counts;
  int fillers = 0;

  int rows() const { return static_cast<int>(sizes.size()); }
  int first_filler() const { return rows() - fillers; }
};

/// What goes into one bin: (row, how many), by row.
using Pattern = std::vector<std::pair<int, int>>;

/// Finds fillings of one bin by their value. Not thread-safe; the demand must outlive it.
class Knapsack {
 public:
  explicit Knapsack(const BinDemand& demand);

  struct Answer {
    /// No filling has a larger value, if `exact`. At least what was asked for.
    int64_t best = 0;
    /// Whether that is proven: the search ended by itself.
    bool exact = true;
    /// Some fillings worth more than asked; at least one if there are any and `exact`.
    std::vector<Pattern> patterns;
    int64_t steps = 0;
  };

  /// With `values` (0 to 2^31) a piece and at most `limits` of each row; `worth` is what a filling
  /// has to exceed to be given.
  Answer Run(const std::vector<int64_t>& values, const std::vector<int64_t>& limits, int64_t worth);

 private:
  struct Piece {
    int row;
    int count;
    int64_t size;
    double value;
  };

  /// None, one or two pieces (-1: none).
  struct Pair {
    int64_t size;
    int first;
    int second;
  };

  void ListPairs();
  void ByPairs(int64_t worth, Answer& answer);
  int64_t ValueOf(const Pair& pair) const;
  bool Join(const Pair& one, const Pair& other, Pattern& pattern) const;
  void ByTable(int64_t worth, Answer& answer);
  Pattern Trace(size_t pieces, int64_t room, int filler) const;
  void ByBranching(int64_t worth, Answer& answer);
  void Branch(size_t kind, int64_t room, int64_t value);
  void Keep(int64_t value);

  const BinDemand& demand_;
  const std::vector<int64_t>* values_ = nullptr;
  const std::vector<int64_t>* limits_ = nullptr;
  std::vector<Piece> pieces_;
  std::vector<double> best_;
  std::vector<double> next_;
  std::vector<unsigned char> taken_;
  /// By size; empty unless a bin holds four pieces at most.
  std::vector<Pair> pairs_;
  std::vector<int64_t> pair_value_;
  /// The most valuable of the pairs up to each.
  std::vector<int> best_upto_;
  // For branching: rows by value for their size, and the filling being tried.
  std::vector<int> kinds_;
  std::vector<int> count_;
  int filler_ = -1;
  int64_t nodes_ = 0;
  int64_t steps_ = 0;
  Answer* answer_ = nullptr;
};

}  // namespace kirikae::planner
