// What a range of days can take of a phase, by counting.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "service/planner/state.h"

namespace kirikae::planner {

/// Compares the demand of a phase's units with the supply of a range of days: minutes, devices, the
/// help desk and each pool on its own. Sums by day are kept, so a range costs about one step for
/// each pool and each window. `fixed` holds only the fixed units and must outlive this object.
class WindowCount {
 public:
  WindowCount(const State& fixed, const std::vector<int>& units);

  /// The days from..to (open-day numbers within the calendar) take no more weight of the units.
  double Most(int from, int to) const;

 private:
  /// Amounts and weights in the order of most weight per amount, summed up.
  class Demand {
   public:
    void Add(int64_t amount, double weight) { rows_.emplace_back(amount, weight); }
    void Close();
    /// The most weight that `room` takes; the last unit in part.
    double Within(int64_t room) const;

   private:
    std::vector<std::pair<int64_t, double>> rows_;
  };
  /// By day: the supply of all days before it.
  using Supply = std::vector<int64_t>;
  static int64_t Between(const Supply& supply, int from, int to) {
    return supply[to + 1] - supply[from];
  }

  void MeasureCells(const std::vector<int>& units);
  void MeasurePools(const std::vector<int>& units);

  const State& fixed_;
  const Model& model_;
  Demand minutes_, devices_;
  Supply minute_room_, device_room_;
  bool minutes_bind_ = true, devices_bind_ = true;
  /// By window: the weight of its units.
  std::vector<std::pair<int, double>> windows_;
  std::vector<std::pair<Demand, Supply>> pools_;
  double without_pool_ = 0;
};

}  // namespace kirikae::planner
