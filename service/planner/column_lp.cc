#include "service/planner/column_lp.h"

#include <algorithm>

namespace kirikae::planner {
namespace {

constexpr double kTiny = 1e-9;
constexpr double kLeastPivot = 1e-7;

}  // namespace

ColumnLp::ColumnLp(std::vector<double> supply, double penalty)
    : rows_(supply.size()),
      inverse_(rows_ * rows_, 0),
      basic_(std::move(supply)),
      worths_(rows_, 0),
      prices_(rows_, 0),
      entering_(rows_, 0) {
  for (size_t r = 0; r < rows_; ++r) {
    const bool demands = basic_[r] < 0;
    At(r, r) = demands ? -1 : 1;
    if (!demands) continue;
    basic_[r] = -basic_[r];
    worths_[r] = -penalty;
    prices_[r] = penalty;
  }
}

double ColumnLp::Worth() const {
  double worth = 0;
  for (size_t r = 0; r < rows_; ++r) worth += worths_[r] * basic_[r];
  return worth;
}

double ColumnLp::Gain(const Column& column, double worth) const {
  for (const auto& [row, amount] : column) worth -= prices_[row] * amount;
  return worth;
}

bool ColumnLp::Enter(const Column& column, double worth) {
  const double gain = Gain(column, worth);
  if (gain <= kTiny) return false;
  for (size_t r = 0; r < rows_; ++r) {
    double sum = 0;
    for (const auto& [row, amount] : column) sum += At(r, row) * amount;
    entering_[r] = sum;
  }
  size_t leaves = rows_;
  double least = 0;
  for (size_t r = 0; r < rows_; ++r) {
    if (entering_[r] <= kLeastPivot) continue;
    const double ratio = std::max(0.0, basic_[r]) / entering_[r];
    if (leaves == rows_ || ratio < least - kTiny ||
        (ratio <= least + kTiny && entering_[r] > entering_[leaves])) {
      least = leaves == rows_ ? ratio : std::min(least, ratio);
      leaves = r;
    }
  }
  if (leaves == rows_) return false;
  const double pivot = entering_[leaves];
  const double step = std::max(0.0, basic_[leaves]) / pivot;
  for (size_t c = 0; c < rows_; ++c) At(leaves, c) /= pivot;
  for (size_t r = 0; r < rows_; ++r) {
    if (r == leaves || entering_[r] == 0) continue;
    const double factor = entering_[r];
    for (size_t c = 0; c < rows_; ++c) At(r, c) -= factor * At(leaves, c);
    basic_[r] -= factor * step;
  }
  basic_[leaves] = step;
  worths_[leaves] = worth;
  for (size_t c = 0; c < rows_; ++c) prices_[c] += gain * At(leaves, c);
  return true;
}

void ColumnLp::FreeRows() {
  // Each pivot gains; the limit only guards against rounding.
  for (size_t turn = 0; turn < 4 * rows_; ++turn) {
    const auto lowest = std::min_element(prices_.begin(), prices_.end());
    if (lowest == prices_.end() || *lowest >= -kTiny) return;
    if (!Enter({{static_cast<int>(lowest - prices_.begin()), 1.0}}, 0)) return;
  }
}

}  // namespace kirikae::planner
