// What has to stay out where more is asked for than there is.
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace kirikae::planner {

/// How little weight has to stay out where more is asked for than there is: of what is least worth
/// for its amount first, and of that in parts.
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
