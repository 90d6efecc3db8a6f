// The weight that must stay out when the demand exceeds the supply.
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace kirikae::planner {

/// A lower bound on the weight that must stay out when demand exceeds supply: leaves out first what
/// is worth least per amount, the last of it in part.
class Excess {
 public:
  void Add(int64_t amount, double weight) {
    if (amount <= 0) return;
    total_ += amount;
    rows_.emplace_back(amount, weight);
  }
  /// Call once, after the last Add.
  void Sort() {
    std::sort(rows_.begin(), rows_.end(), [](const auto& a, const auto& b) {
      return a.second * static_cast<double>(b.first) < b.second * static_cast<double>(a.first);
    });
  }
  double LeastWeightOut(int64_t room) const {
    int64_t over = total_ - room;
    double weight = 0;
    for (const auto& [amount, worth] : rows_) {
      if (over <= 0) break;
      const int64_t part = std::min(over, amount);
      weight += worth * static_cast<double>(part) / static_cast<double>(amount);
      over -= part;
    }
    return weight;
  }

 private:
  int64_t total_ = 0;
  std::vector<std::pair<int64_t, double>> rows_;
};

}  // namespace kirikae::planner
