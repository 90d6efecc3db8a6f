// Proven bounds of plans that can't place everything.
#pragma once

#include <vector>

#include "service/planner/budget.h"
#include "service/planner/state.h"

namespace kirikae::planner {

/// Bounds what the phases can place by flows of devices and of minutes through the pools, cells and
/// days. The phases share no day, so what they place together is bounded by the best way to divide
/// the days among them. `fixed` holds only the fixed units; `units` has, by phase, those that can
/// be placed at all. Both must outlive this object. Once the budget is exhausted, what is not known
/// yet is bounded by all of its units. Not thread-safe.
class PartialBound {
 public:
  PartialBound(const State& fixed, const std::vector<std::vector<int>>& units, Budget& budget);

  /// Whether the problem is small enough for these bounds; without it, call nothing else.
  bool usable() const { return usable_; }
  /// No plan places more weight of `units`.
  double MostWeight();
  /// By phase: no plan that places at least `weight`, and ends the earlier phases on the days of
  /// `last_day`, ends the phase before this day. -1: none known, or the phase may stay empty.
  std::vector<int> LastDays(double weight, const std::vector<int>& last_day);

 private:
  int FirstDay(int phase, int start) const;
  double InWindow(int phase, int from, int to);
  double ByDevices(const std::vector<int>& units, int from, int to, bool own_pools) const;
  double ByMinutes(const std::vector<int>& units, int from, int to) const;
  double From(size_t phase, int start);

  const State& fixed_;
  const Model& model_;
  const std::vector<std::vector<int>>& units_;
  Budget& budget_;
  bool usable_ = false;
  std::vector<double> all_;
  /// By phase, first and last day: InWindow(); by phase and first day: From(). Negative: unknown.
  std::vector<std::vector<double>> in_window_;
  std::vector<std::vector<double>> from_;
};

}  // namespace kirikae::planner
