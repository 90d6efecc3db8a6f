// Finds the most valuable filling of one bin, for column generation.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace kirikae::planner {

/// Sizes to be covered by bins of one capacity. A smaller bin is a bin that holds a filler of the
/// missing size. The last `fillers` rows are fillers; a bin holds at most one.
struct BinDemand {
  int64_t capacity = 0;
  int64_t bins = 0;
  /// Each above 0 and at most `capacity`.
  std::vector<int64_t> sizes;
  std::vector<int64_t> counts;
  int fillers = 0;

  int rows() const { return static_cast<int>(sizes.size()); }
  int first_filler() const { return rows() - fillers; }
};

/// What goes into one bin: (row, how many), by row.
using Pattern = std::vector<std::pair<int, int>>;

/// Finds valuable fillings of one bin. Not thread-safe; the demand must outlive it.
class Knapsack {
 public:
  explicit Knapsack(const BinDemand& demand);

  struct Answer {
    /// If `exact`, no filling has a larger value. At least the `worth` asked for.
    int64_t best = 0;
    /// Whether `best` is proven: the search was complete.
    bool exact = true;
    /// Some fillings worth more than `worth`. If `exact`, at least one when any exists.
    std::vector<Pattern> patterns;
    int64_t steps = 0;
  };

  /// Searches with `values` (0 to 2^31) per piece and at most `limits` pieces of each row. Returns
  /// fillings whose value exceeds `worth`.
  Answer Run(const std::vector<int64_t>& values, const std::vector<int64_t>& limits, int64_t worth);

 private:
  struct Piece {
    int row;
    int count;
    int64_t size;
    double value;
  };

  /// Zero, one or two pieces (-1: none).
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
  /// Sorted by size; empty unless a bin holds at most four pieces.
  std::vector<Pair> pairs_;
  std::vector<int64_t> pair_value_;
  /// By pair: the most valuable of the pairs up to it.
  std::vector<int> best_upto_;
  // State of Branch(): rows by value per size, and the current filling.
  std::vector<int> kinds_;
  std::vector<int> count_;
  int filler_ = -1;
  int64_t nodes_ = 0;
  int64_t steps_ = 0;
  Answer* answer_ = nullptr;
};

}  // namespace kirikae::planner
