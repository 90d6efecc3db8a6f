#include "service/planner/exact.h"

#include <algorithm>

namespace kirikae::planner {
namespace {

constexpr double kEpsilon = 1e-9;

class Searcher {
 public:
  Searcher(const Model& model, const Assignment& incumbent, const std::vector<int>& bounds,
           double bounded_left, int64_t max_nodes, Budget& budget)
      : model_(model),
        state_(model),
        bounds_(bounds),
        bounded_left_(bounded_left),
        nodes_(max_nodes),
        budget_(budget),
        best_(incumbent) {
    State start(model);
    Restore(start, incumbent);
    best_finish_ = FinishOf(start);
    finish_.last_day.assign(model.phases.size(), -1);
    for (size_t c = 0; c < model.classes.size(); ++c) {
      for (int u : model.classes[c].units) order_.push_back(u);
    }
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
  }

  ExactResult Run() {
    Descend(0, 0);
    return {best_, nodes_ > 0 && !budget_.Exhausted()};
  }

 private:
  void BuildOptions() {
    options_.resize(order_.size());
    for (size_t i = 0; i < order_.size(); ++i) {
      for (int cell = 0; cell < model_.cell_count(); ++cell) {
        if (state_.Fits(order_[i], cell)) options_[i].push_back(cell);
      }
    }
  }

  /// For each cell the cell before it on its day that is the same while both are empty, or -1.
  void BuildTwins() {
    std::vector<char> singled_out(model_.cell_count(), 0);
    for (const Unit& unit : model_.units) {
      if (unit.fixed_cell >= 0) singled_out[unit.fixed_cell] = 1;
      if (unit.forced_cell >= 0) singled_out[unit.forced_cell] = 1;
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

  /// Nothing below this node can beat the best: the phases before `phase` are done, `phase` has
  /// at least `current` as its last day.
  bool Hopeless(int phase, int current) const {
    if (finish_.left_weight > best_finish_.left_weight + kEpsilon) return true;
    if (finish_.left_weight < best_finish_.left_weight - kEpsilon) return false;
    for (int p = 0; p < phase; ++p) {
      const int done = finish_.last_day[p];
      if (done != best_finish_.last_day[p]) return done > best_finish_.last_day[p];
    }
    const bool bounded = best_finish_.left_weight <= bounded_left_ + kEpsilon;
    for (size_t p = phase; p < model_.phases.size(); ++p) {
      int least = bounded ? bounds_[p] : -1;
      if (static_cast<int>(p) == phase) least = std::max(least, current);
      if (least != best_finish_.last_day[p]) return least > best_finish_.last_day[p];
    }
    return true;
  }

  void CloseEmptyPhases(int from, int to) {
    for (int p = from; p < to; ++p) finish_.last_day[p] = state_.PhaseSpan(p).second;
  }

  void Descend(size_t i, int phase_begun) {
    if (--nodes_ <= 0 || !budget_.Spend()) return;
    if (i == order_.size()) {
      CloseEmptyPhases(phase_begun, static_cast<int>(model_.phases.size()));
      if (Compare(finish_, best_finish_) < 0) {
        best_finish_ = finish_;
        best_ = AssignmentOf(state_);
      }
      return;
    }
    const Unit& unit = model_.units[order_[i]];
    CloseEmptyPhases(phase_begun, unit.phase);
    const auto [from, to] = state_.PhaseRoom(unit.phase);
    const int current = state_.PhaseSpan(unit.phase).second;
    if (Hopeless(unit.phase, current)) return;
    const bool like_previous = i > 0 && model_.units[order_[i - 1]].class_id == unit.class_id;
    const int previous = like_previous ? state_.CellOf(order_[i - 1]) : 0;
    if (previous >= 0) TryCells(i, unit, previous, from, to);
    if (nodes_ <= 0) return;
    finish_.left_weight += unit.weight;
    Descend(i + 1, unit.phase);
    finish_.left_weight -= unit.weight;
  }

  void TryCells(size_t i, const Unit& unit, int least_cell, int from, int to) {
    for (int cell : options_[i]) {
      const int day = model_.DayOf(cell);
      if (cell < least_cell || day < from || day > to) continue;
      if (twin_[cell] >= 0 && state_.UnitsIn(cell).empty() && state_.UnitsIn(twin_[cell]).empty()) {
        continue;
      }
      budget_.Spend();
      if (!state_.Fits(order_[i], cell)) continue;
      state_.Place(order_[i], cell);
      Descend(i + 1, unit.phase);
      state_.Remove(order_[i]);
      if (nodes_ <= 0) return;
    }
  }

  const Model& model_;
  State state_;
  const std::vector<int>& bounds_;
  const double bounded_left_;
  int64_t nodes_;
  Budget& budget_;
  Assignment best_;
  Finish best_finish_;
  Finish finish_;
  std::vector<int> order_;
  std::vector<std::vector<int>> options_;
  std::vector<int> twin_;
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

ExactResult SearchExactly(const Model& model, const Assignment& incumbent,
                          const std::vector<int>& bounds, double bounded_left, int64_t max_nodes,
                          Budget& budget) {
  return Searcher(model, incumbent, bounds, bounded_left, max_nodes, budget).Run();
}

}  // namespace kirikae::planner
