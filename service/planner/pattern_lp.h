// The linear program over patterns: how few bins cover the demand when bins may be used in parts.
#pragma once

#include <cstdint>
#include <vector>

#include "service/planner/budget.h"
#include "service/planner/knapsack.h"

namespace kirikae::planner {

/// Column generation after Gilmore and Gomory (1961) with a primal simplex on an explicit inverse.
/// Whole bins can be taken out of the demand one after another (Fix), each time going on from the
/// basis reached. What says that no packing exists is checked in whole numbers (Farley's bound: if
/// no filling of a bin is worth more than K, demands worth V need at least V / K bins), so rounding
/// in the simplex can never prove what is false. Not thread-safe.
class PatternLp {
 public:
  PatternLp(const BinDemand& demand, Budget& budget);

  /// Stands in Node::basis for a column that must leave.
  static constexpr int kArtificial = 1 << 30;

  enum class Answer {
    /// The bins left suffice for the demand left, in parts.
    kReached,
    /// Proven: they do not.
    kImpossible,
    kGaveUp,
  };

  /// Where the program stands; enough to come back to it.
  struct Node {
    /// Column-major: inverse[column * rows + basis position].
    std::vector<double> inverse;
    /// Patterns by id; -1 - row is the surplus of a row.
    std::vector<int> basis;
    std::vector<double> costs;
    std::vector<double> amounts;
    std::vector<int64_t> left;
    int64_t bins = 0;
  };

  /// Adds a pattern that may help.
  void Offer(Pattern pattern);
  /// Adds fillings that waste little, some of them for every size: without them the first programs
  /// ask for poor ones.
  void Seed();
  Answer Solve();

  const Node& node() const { return node_; }
  void Return(const Node& node) { node_ = node; }
  const Pattern& pattern(int id) const { return pool_[id]; }
  /// Whether the demand left holds the whole pattern.
  bool Proper(const Pattern& pattern) const;
  /// Takes `times` bins filled by the pattern out of the demand; it has to be proper.
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
  void Price();
  void AddColumn(const Pattern& pattern, double sign, std::vector<double>& into) const;
  Entering BestKnown() const;
  bool Pivot(const Entering& entering);
  /// True when a new pattern came in; sets `impossible` by the bound.
  bool Generate(bool& impossible, bool& exact);
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
