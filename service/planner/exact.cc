#include "service/planner/exact.h"

#include <algorithm>
#include <utility>

#include "service/planner/excess.h"
#include "service/planner/improve.h"

namespace kirikae::planner {
namespace {

constexpr double kEpsilon = 1e-9;

class Searcher {
 public:
  Searcher(const Model& model, const Assignment& incumbent, const SearchGoal& goal,
           int64_t max_nodes, Budget& budget)
      : model_(model),
        state_(model),
        goal_(goal),
        nodes_(max_nodes),
        budget_(budget),
        best_(incumbent) {
    State start(model);
    Restore(start, incumbent);
    best_finish_ = FinishOf(start);
    if (goal.disturbance != nullptr) best_cost_ = StabilityCost(*goal.disturbance, start);
    best_visits_ = VisitCount(start);
    best_spread_ = LevelSpread(start);
    finish_.last_day.assign(model.phases.size(), -1);
    TakeUp();
    visits_ = VisitCount(state_);
    std::stable_sort(order_.begin(), order_.end(), [&](int a, int b) {
      const Unit& x = model.units[a];
      const Unit& y = model.units[b];
      if (x.phase != y.phase) return x.phase < y.phase;
      if (x.class_id == y.class_id) return false;
      if (x.minutes != y.minutes) return x.minutes > y.minutes;
      return x.class_id < y.class_id;
    });
    BuildOptions();
    BuildTwins();
    BuildCosts();
    BuildExcess();
  }

  ExactResult Run() {
    Descend(0, 0);
    return {best_, nodes_ > 0 && !budget_.Exhausted()};
  }

 private:
  /// Removes the units that the search may move from the state. All others stay.
  void TakeUp() {
    if (goal_.free_units != nullptr) {
      order_ = *goal_.free_units;
      std::sort(order_.begin(), order_.end());
      Restore(state_, best_);
      for (const int unit : order_) {
        if (state_.CellOf(unit) >= 0) state_.Remove(unit);
      }
    } else {
      for (const UnitClass& row : model_.classes) {
        order_.insert(order_.end(), row.units.begin(), row.units.end());
      }
    }
    stays_.assign(model_.units.size(), 1);
    for (const int unit : order_) stays_[unit] = 0;
    for (size_t u = 0; u < model_.units.size(); ++u) {
      if (stays_[u] && state_.CellOf(static_cast<int>(u)) < 0) {
        finish_.left_weight += model_.units[u].weight;
      }
    }
  }

  void BuildOptions() {
    options_.resize(order_.size());
    for (size_t i = 0; i < order_.size(); ++i) {
      for (int cell = 0; cell < model_.cell_count(); ++cell) {
        if (state_.Fits(order_[i], cell)) options_[i].push_back(cell);
      }
    }
  }

  /// For each unit in the search order: the demand of this unit and all later ones; and the minutes
  /// and devices that the cells these may use still hold.
  void BuildExcess() {
    std::vector<char> usable(model_.cell_count(), 0);
    for (const std::vector<int>& cells : options_) {
      for (const int cell : cells) usable[cell] = 1;
    }
    for (int cell = 0; cell < model_.cell_count(); ++cell) {
      if (!usable[cell]) continue;
      minutes_bind_ = minutes_bind_ && model_.cell_minutes[cell] < kUnlimited / 2;
      devices_bind_ = devices_bind_ && model_.cell_devices[cell] < kUnlimited / 2;
      if (minutes_bind_) minutes_left_ += model_.cell_minutes[cell] - state_.UsedMinutes(cell);
      if (devices_bind_) devices_left_ += model_.cell_devices[cell] - state_.UsedDevices(cell);
    }
    placeless_.assign(order_.size() + 1, 0);
    minutes_.resize(order_.size() + 1);
    devices_.resize(order_.size() + 1);
    for (size_t i = order_.size(); i-- > 0;) {
      const Unit& unit = model_.units[order_[i]];
      placeless_[i] = placeless_[i + 1];
      minutes_[i] = minutes_[i + 1];
      devices_[i] = devices_[i + 1];
      if (options_[i].empty()) {
        placeless_[i] += unit.weight;
      } else {
        minutes_[i].Add(unit.minutes, unit.weight);
        devices_[i].Add(unit.devices, unit.weight);
      }
    }
    for (size_t i = 0; i < order_.size(); ++i) {
      minutes_[i].Sort();
      devices_[i].Sort();
    }
  }

  /// The weight that must stay out of the units from number `i` on.
  double LeastLeft(size_t i) const {
    double least = 0;
    if (minutes_bind_) least = minutes_[i].LeastWeightOut(minutes_left_);
    if (devices_bind_) least = std::max(least, devices_[i].LeastWeightOut(devices_left_));
    return placeless_[i] + least;
  }

  /// For each unit in the search order: the least cost of this unit and all later ones. Adds the
  /// cost of the units that stay.
  void BuildCosts() {
    least_cost_.assign(order_.size() + 1, 0);
    if (goal_.disturbance == nullptr) return;
    for (size_t i = order_.size(); i-- > 0;) {
      double least = goal_.disturbance->Cost(order_[i], -1);
      for (int cell : options_[i]) {
        least = std::min(least, goal_.disturbance->Cost(order_[i], cell));
      }
      least_cost_[i] = least_cost_[i + 1] + least;
    }
    for (size_t u = 0; u < model_.units.size(); ++u) {
      const int unit = static_cast<int>(u);
      if (stays_[u]) cost_ += goal_.disturbance->Cost(unit, state_.CellOf(unit));
    }
  }

  /// For each cell: the nearest earlier cell of its day that is equal to it as long as both are
  /// empty, or -1.
  void BuildTwins() {
    std::vector<char> singled_out(model_.cell_count(), 0);
    for (const Unit& unit : model_.units) {
      if (unit.fixed_cell >= 0) singled_out[unit.fixed_cell] = 1;
      if (unit.forced_cell >= 0) singled_out[unit.forced_cell] = 1;
    }
    for (size_t u = 0; u < model_.units.size() && goal_.disturbance != nullptr; ++u) {
      goal_.disturbance->EachWanted(static_cast<int>(u), [&](int cell) { singled_out[cell] = 1; });
    }
    twin_.assign(model_.cell_count(), -1);
    for (int cell = 0; cell < model_.cell_count(); ++cell) {
      const int day_start = model_.DayOf(cell) * model_.cells_per_day();
      for (int other = cell - 1; other >= day_start; --other) {
        if (singled_out[cell] || singled_out[other]) continue;
        if (model_.cell_minutes[cell] == model_.cell_minutes[other] &&
            model_.cell_devices[cell] == model_.cell_devices[other] &&
            model_.serves[model_.TeamOf(cell)] == model_.serves[model_.TeamOf(other)]) {
          twin_[cell] = other;
          break;
        }
      }
    }
  }

  /// Whether nothing below this node can be better than the best plan. The phases before `phase`
  /// are done, the last day of `phase` is at least `current`, and the units from number `i` on are
  /// not placed yet.
  bool Hopeless(size_t i, int phase, int current) const {
    bool placed_compared = false;
    for (Objective objective : goal_.order) {
      double least = 0, best = 0;
      if (objective == Objective::kPlaced) {
        least = std::max(goal_.least_left, finish_.left_weight + LeastLeft(i));
        best = best_finish_.left_weight;
        placed_compared = true;
      } else if (objective == Objective::kStability) {
        least = cost_ + least_cost_[i];
        best = best_cost_;
      } else if (objective == Objective::kVisits) {
        least = static_cast<double>(visits_);
        best = static_cast<double>(best_visits_);
      } else if (objective == Objective::kLevel) {
        best = static_cast<double>(best_spread_);
      } else if (const int order = CompareDays(phase, current, placed_compared); order != 0) {
        return order > 0;
      }
      if (least > best + kEpsilon) return true;
      if (least < best - kEpsilon) return false;
    }
    return true;
  }

  /// Compares the earliest last days possible below a node with those of the best plan; negative
  /// when earlier.
  int CompareDays(int phase, int current, bool placed_compared) const {
    const bool bounded =
        placed_compared && best_finish_.left_weight <= goal_.bounded_left + kEpsilon;
    for (int p = 0; p < static_cast<int>(model_.phases.size()); ++p) {
      int least = bounded && !goal_.bounds.empty() ? goal_.bounds[p] : -1;
      if (p == phase) least = std::max(least, current);
      if (p < phase) least = finish_.last_day[p];
      if (least != best_finish_.last_day[p]) return least < best_finish_.last_day[p] ? -1 : 1;
    }
    return 0;
  }

  bool Better() const {
    for (Objective objective : goal_.order) {
      double ours = finish_.left_weight, best = best_finish_.left_weight;
      if (objective == Objective::kStability) {
        ours = cost_;
        best = best_cost_;
      } else if (objective == Objective::kVisits) {
        ours = static_cast<double>(visits_);
        best = static_cast<double>(best_visits_);
      } else if (objective == Objective::kLevel) {
        ours = static_cast<double>(LevelSpread(state_));
        best = static_cast<double>(best_spread_);
      } else if (objective == Objective::kFinish) {
        if (finish_.last_day != best_finish_.last_day) {
          return finish_.last_day < best_finish_.last_day;
        }
        continue;
      }
      if (ours < best - kEpsilon) return true;
      if (ours > best + kEpsilon) return false;
    }
    return false;
  }

  void CloseEmptyPhases(int from, int to) {
    for (int p = from; p < to; ++p) finish_.last_day[p] = state_.PhaseSpan(p).second;
  }

  void Descend(size_t i, int phase_begun) {
    if (--nodes_ <= 0 || !budget_.Spend()) return;
    if (i == order_.size()) {
      CloseEmptyPhases(phase_begun, static_cast<int>(model_.phases.size()));
      if (Better()) {
        best_finish_ = finish_;
        best_cost_ = cost_;
        best_visits_ = visits_;
        best_spread_ = LevelSpread(state_);
        best_ = AssignmentOf(state_);
      }
      return;
    }
    const Unit& unit = model_.units[order_[i]];
    CloseEmptyPhases(phase_begun, unit.phase);
    const auto [from, to] = state_.PhaseRoom(unit.phase);
    const int current = state_.PhaseSpan(unit.phase).second;
    if (Hopeless(i, unit.phase, current)) return;
    const bool like_previous =
        i > 0 && model_.units[order_[i - 1]].class_id == unit.class_id &&
        (goal_.disturbance == nullptr || goal_.disturbance->Alike(order_[i - 1], order_[i]));
    const int previous = like_previous ? state_.CellOf(order_[i - 1]) : 0;
    if (previous >= 0) TryCells(i, unit, previous, {from, to}, current);
    if (nodes_ <= 0) return;
    const double cost = goal_.disturbance == nullptr ? 0 : goal_.disturbance->Cost(order_[i], -1);
    const double left_weight = finish_.left_weight, cost_so_far = cost_;
    finish_.left_weight += unit.weight;
    cost_ += cost;
    Descend(i + 1, unit.phase);
    finish_.left_weight = left_weight;
    cost_ = cost_so_far;
  }

  /// `room`: the first and last day left to the phase; `current`: the phase's last day so far.
  void TryCells(size_t i, const Unit& unit, int least_cell, std::pair<int, int> room, int current) {
    if (room.first > room.second) return;
    const std::vector<int>& cells = options_[i];
    least_cell = std::max(least_cell, room.first * model_.cells_per_day());
    int latest = current;
    for (auto at = std::lower_bound(cells.begin(), cells.end(), least_cell); at != cells.end();
         ++at) {
      const int cell = *at;
      const int day = model_.DayOf(cell);
      if (day > room.second) return;
      // A day that ends the phase too late is followed only by later ones.
      if (day > latest && Hopeless(i, unit.phase, day)) return;
      latest = std::max(latest, day);
      if (twin_[cell] >= 0 && state_.UnitsIn(cell).empty() && state_.UnitsIn(twin_[cell]).empty()) {
        continue;
      }
      if (!budget_.Spend()) return;
      if (!state_.Fits(order_[i], cell)) continue;
      const double cost_so_far = cost_;
      if (goal_.disturbance != nullptr) cost_ += goal_.disturbance->Cost(order_[i], cell);
      const int64_t minutes = state_.AddedMinutes(unit, cell);
      minutes_left_ -= minutes;
      devices_left_ -= unit.devices;
      const int64_t visits = visits_ - state_.Visits(cell);
      state_.Place(order_[i], cell);
      visits_ = visits + state_.Visits(cell);
      Descend(i + 1, unit.phase);
      state_.Remove(order_[i]);
      visits_ = visits + state_.Visits(cell);
      minutes_left_ += minutes;
      devices_left_ += unit.devices;
      cost_ = cost_so_far;
      if (nodes_ <= 0) return;
    }
  }

  const Model& model_;
  State state_;
  const SearchGoal& goal_;
  int64_t nodes_;
  Budget& budget_;
  Assignment best_;
  Finish best_finish_;
  double best_cost_ = 0;
  int64_t best_visits_ = 0, best_spread_ = 0;
  Finish finish_;
  double cost_ = 0;
  int64_t visits_ = 0;
  std::vector<double> least_cost_;
  std::vector<int> order_;
  /// By unit: the search does not move it.
  std::vector<char> stays_;
  std::vector<std::vector<int>> options_;
  std::vector<int> twin_;
  /// By number in `order_`, for this unit and all later ones: the weight that fits no cell, and the
  /// demand.
  std::vector<double> placeless_;
  std::vector<Excess> minutes_, devices_;
  int64_t minutes_left_ = 0, devices_left_ = 0;
  bool minutes_bind_ = true, devices_bind_ = true;
};

}  // namespace

int Compare(const Finish& a, const Finish& b) {
  if (a.left_weight < b.left_weight - kEpsilon) return -1;
  if (a.left_weight > b.left_weight + kEpsilon) return 1;
  for (size_t p = 0; p < a.last_day.size(); ++p) {
    if (a.last_day[p] != b.last_day[p]) return a.last_day[p] < b.last_day[p] ? -1 : 1;
  }
  return 0;
}

Assignment AssignmentOf(const State& state) {
  Assignment assignment(state.model().units.size());
  for (size_t u = 0; u < assignment.size(); ++u) assignment[u] = state.CellOf(static_cast<int>(u));
  return assignment;
}

void Restore(State& state, const Assignment& assignment) {
  for (size_t u = 0; u < assignment.size(); ++u) {
    const int unit = static_cast<int>(u);
    if (state.CellOf(unit) >= 0 && state.CellOf(unit) != assignment[u]) state.Remove(unit);
  }
  for (size_t u = 0; u < assignment.size(); ++u) {
    const int unit = static_cast<int>(u);
    if (assignment[u] >= 0 && state.CellOf(unit) < 0) state.Place(unit, assignment[u]);
  }
}

Finish FinishOf(const State& state) {
  Finish finish;
  for (size_t u = 0; u < state.model().units.size(); ++u) {
    if (state.CellOf(static_cast<int>(u)) < 0) {
      finish.left_weight += state.model().units[u].weight;
    }
  }
  for (size_t p = 0; p < state.model().phases.size(); ++p) {
    finish.last_day.push_back(state.PhaseSpan(static_cast<int>(p)).second);
  }
  return finish;
}

ExactResult SearchExactly(const Model& model, const Assignment& incumbent, const SearchGoal& goal,
                          int64_t max_nodes, Budget& budget) {
  return Searcher(model, incumbent, goal, max_nodes, budget).Run();
}

}  // namespace kirikae::planner
