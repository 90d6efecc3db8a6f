// The linear program over patterns: the fewest bins that cover the demand when bins may be used in
// fractions.
#pragma once

#include <cstdint>
#include <vector>

#include "service/planner/budget.h"
#include "service/planner/knapsack.h"

namespace kirikae::planner {

/// Column generation after Gilmore and Gomory (1961) with a primal simplex on an explicit inverse.
/// Fix() takes whole bins out of the demand one after another; the simplex continues from the basis
/// reached. A proof that no packing exists is checked in whole numbers (Farley's bound: if no
/// filling of a bin is worth more than K, demands worth V need at least V / K bins), so rounding in
/// the simplex never makes a wrong proof. Not thread-safe.
class PatternLp {
 public:
  PatternLp(const BinDemand& demand, Budget& budget);

  /// In Node::basis: a column that must leave.
  static constexpr int kArtificial = 1 << 30;

  enum class Answer {
    /// With fractions of bins, the bins left suffice for the demand left.
    kReached,
    /// Proven: the bins left do not suffice.
    kImpossible,
    kGaveUp,
  };

  /// A state of the program, complete enough to return to it.
  struct Node {
    /// Column-major: inverse[column * rows + basis position].
    std::vector<double> inverse;
    /// Pattern ids; -1 - row is the surplus of a row.
    std::vector<int> basis;
    std::vector<double> costs;
    std::vector<double> amounts;
    std::vector<int64_t> left;
    int64_t bins = 0;
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
  void Return(const Node& node) { node_ = node; }
  const Pattern& pattern(int id) const { return pool_[id]; }
  /// Whether the demand left holds every piece of the pattern.
  bool Proper(const Pattern& pattern) const;
  /// Takes `times` bins with this pattern out of the demand. The pattern must be Proper().
  void Fix(const Pattern& pattern, int64_t times);

 private:
  struct Entering {
    int id = -1;
    double gain = 0;
  };

  void Reset();
  double* Column(int row) { return node_.inverse.data() + static_cast<size_t>(row) * rows_; }
  const double* Column(int row) const {
    return node_.inverse.data() + static_cast<size_t>(row) * rows_;
  }
  Answer Iterate(bool raise);
  void Price();
  void AddColumn(const Pattern& pattern, double sign, std::vector<double>& into) const;
  Entering BestKnown() const;
  bool Pivot(const Entering& entering);
  /// True when a new pattern was added. `needed`: the bins that the demand left proven needs.
  bool Generate(int64_t& needed);
  void MakeFeasible();

  const BinDemand& demand_;
  Budget& budget_;
  const int rows_;
  Knapsack knapsack_;
  std::vector<Pattern> pool_;
  std::vector<double> duals_;
  std::vector<double> direction_;
  Node node_;
};

}  // namespace kirikae::planner
