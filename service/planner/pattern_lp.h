// The linear program over patterns: the fewest bins that cover the demand when bins may be used in
// fractions.
#pragma once

#include <cstdint>
#include <vector>

#include "service/planner/budget.h"
#include "service/planner/knapsack.h"

namespace kirikae::planner {

/// Column generation after Gilmore and Gomory (1961) with a primal simplex on an explicit inverse.
/// Fix() takes whole bins out of the demand one after another; steps of the dual simplex then make
/// the basis reached one of patterns that the demand left holds whole, and the primal simplex goes
/// on from there. A proof that no packing exists is checked in whole numbers (Farley's bound: if no
/// filling of a bin is worth more than K, demands worth V need at least V / K bins), so rounding in
/// the simplex never makes a wrong proof. Not thread-safe.
class PatternLp {
 public:
  PatternLp(const BinDemand& demand, Budget& budget);

  enum class Answer {
    /// With fractions of bins, the bins left suffice for the demand left.
    kReached,
    /// Proven: the bins left do not suffice.
    kImpossible,
    kGaveUp,
  };

  /// A state of the program, complete enough to return to it. It has only the rows with a demand
  /// left.
  struct Node {
    /// Numbers of the rows with a demand left, in their order.
    std::vector<int> rows;
    /// Column-major: inverse[column * rows.size() + basis position]; column i is that of rows[i].
    std::vector<double> inverse;
    /// By basis position: pattern ids; -1 - row is the surplus of a row.
    std::vector<int> basis;
    /// By basis position: whether it is the column's negative, which must leave.
    std::vector<char> artificial;
    std::vector<double> costs;
    std::vector<double> amounts;
    /// Ids of the patterns that the demand left holds whole, among the first `sifted` of the pool.
    std::vector<int> proper;
    size_t sifted = 0;
    /// By row, those without a demand left too.
    std::vector<int64_t> left;
    int64_t bins = 0;
    /// False when patterns were fixed since the last solution.
    bool settled = true;
  };

  /// A pattern that the program uses.
  struct Use {
    int id = 0;
    /// Bins, in fractions.
    double amount = 0;
  };

  /// Adds a pattern that may be useful.
  void Offer(Pattern pattern);
  /// Adds fillings that waste little, some for every size. Without them, the first programs produce
  /// poor fillings.
  void Seed();
  Answer Solve();
  /// Lowers the number of bins left to what the total size needs, and solves; raises it to each
  /// bound that is proven, instead of answering kImpossible. So the bins left are always a proven
  /// lower bound for the demand left. kReached: with fractions of bins, they suffice.
  Answer SolveForFewest();

  const Node& node() const { return node_; }
  void Return(const Node& node);
  /// The patterns that the program uses with an amount worth mentioning.
  std::vector<Use> Used() const;
  const Pattern& pattern(int id) const { return pool_[id]; }
  /// Whether the demand left holds every piece of the pattern.
  bool Proper(const Pattern& pattern) const;
  /// Takes `times` bins with this pattern out of the demand. The pattern must be Proper().
  void Fix(const Pattern& pattern, int64_t times);
  /// Fixes the patterns that the program uses in whole bins, and adds each bin's pattern to
  /// `fixed`. Returns whether there were any.
  bool FixWhole(std::vector<Pattern>& fixed);

 private:
  struct Entering {
    int id = -1;
    double gain = 0;
  };

  struct Part {
    int row = 0;
    double count = 0;
  };

  size_t height() const { return node_.rows.size(); }
  double* Column(size_t at) { return node_.inverse.data() + at * height(); }
  const double* Column(size_t at) const { return node_.inverse.data() + at * height(); }

  void StartAgain();
  Answer Iterate(bool raise);
  void Price();
  void AddColumn(const Pattern& pattern, double sign, std::vector<double>& into) const;
  double GainOf(int id) const;
  void SiftPool();
  Entering BestCandidate() const;
  Entering BestKnown();
  bool Enter(const Entering& entering);
  void DirectTo(int id);
  void Pivot(size_t leaving, const Entering& entering);
  /// True when a new pattern was added. `needed`: the bins that the demand left proven needs.
  bool Generate(int64_t& needed);
  bool IsImproper(size_t position) const;
  Entering BestReplacement(size_t position);
  bool Replace(size_t position, const Entering& entering, bool shift);
  void ListNear();
  void Settle();
  bool RemoveImproper();
  void Repair();
  void MakeFeasible();
  bool DropDoneRows();

  const BinDemand& demand_;
  Budget& budget_;
  const int rows_;
  Knapsack knapsack_;
  std::vector<Pattern> pool_;
  /// The pool's parts one after another, which are read faster; those of pattern k begin at
  /// part_begin_[k].
  std::vector<Part> parts_;
  std::vector<size_t> part_begin_;
  /// Patterns that gained when the pool was last read.
  std::vector<int> candidates_;
  /// Proper patterns that nearly gain: the replacements looked at first.
  std::vector<int> near_;
  /// By row: where the row is in node_.rows; -1 without a demand left.
  std::vector<int> at_;
  /// By row; 0 without a demand left.
  std::vector<double> duals_;
  /// By row: entries of one row of the inverse.
  std::vector<double> entries_;
  /// By basis position, and the positions where it is not 0.
  std::vector<double> direction_;
  std::vector<int> changed_;
  Node node_;
};

}  // namespace kirikae::planner
