// A linear program whose columns come one at a time.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace kirikae::planner {

/// Maximises worth over columns x >= 0 whose rows add up to at most the supplies, by the primal
/// simplex method on an explicit inverse. Columns that leave the basis are forgotten; the caller
/// prices them again. Rounding may make the prices inexact, so a caller that proves something with
/// them checks it on its own. Not thread-safe.
class ColumnLp {
 public:
  /// The rows in which a column has something, with the amounts.
  using Column = std::vector<std::pair<int, double>>;

  /// A row with a negative supply demands at least that much of what enters it with a negative
  /// amount; each part that is missing costs `penalty`.
  ColumnLp(std::vector<double> supply, double penalty);

  /// By row: what one more of its supply is worth.
  const std::vector<double>& prices() const { return prices_; }
  double Worth() const;
  /// What the column is worth above its prices.
  double Gain(const Column& column, double worth) const;
  /// Lets the column enter the basis if it gains. False when it does not.
  bool Enter(const Column& column, double worth);
  /// Lets rows be used less whose price is negative.
  void FreeRows();

 private:
  double& At(size_t row, size_t column) { return inverse_[row * rows_ + column]; }

  const size_t rows_;
  std::vector<double> inverse_, basic_, worths_, prices_, entering_;
};

}  // namespace kirikae::planner
