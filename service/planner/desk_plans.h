// Which numbers of devices a day the help desk's tickets allow.
#pragma once

#include <cstdint>
#include <vector>

#include "service/planner/state.h"

namespace kirikae::planner {

/// All plans of whole numbers of devices on the days from..to that the help desk can bear. A day
/// that is used in full leaves less on the days after it than the mean of the tickets says, and
/// half a device is none. `fixed` holds only the fixed units, whose tickets count. Not thread-safe;
/// the model of `fixed` must outlive this object.
class DeskPlans {
 public:
  /// The devices of each day; `worth` is what they are worth together.
  struct Plan {
    double worth = 0;
    std::vector<int> devices;
  };

  /// `most`: by day from `from` on, the most devices that its cells can take.
  DeskPlans(const State& fixed, int from, int to, std::vector<int64_t> most);

  /// Whether tickets limit anything, and the plans are few enough; without it, call nothing else.
  bool usable() const { return usable_; }
  /// The plan that is worth most, with as many devices as it can bear, where a device is worth
  /// `prices` (none below 0) by day.
  Plan Best(const std::vector<double>& prices);
  /// What one Best() costs, in steps.
  int64_t work() const { return work_; }

 private:
  /// What a day may add to a state; a state is the devices of the last span - 1 days, the latest as
  /// its last digit.
  struct Move {
    int state = 0;
    int most = 0;
  };

  void ListMoves();
  void Extend(Plan& plan) const;

  const int days_;
  bool usable_ = false;
  int span_ = 0;
  int base_ = 1, states_ = 1;
  std::vector<double> tickets_;
  /// By day, and for the days after the last one that its tickets reach: the tickets left.
  std::vector<double> room_;
  std::vector<int> most_;
  std::vector<std::vector<Move>> moves_;
  std::vector<double> best_, next_;
  /// By day and state: the state before and the devices, as one number; -1: not reached.
  std::vector<int32_t> came_;
  int64_t work_ = 0;
};

}  // namespace kirikae::planner
