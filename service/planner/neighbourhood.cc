#include "service/planner/neighbourhood.h"

#include <algorithm>
#include <vector>

#include "service/planner/dice.h"

namespace kirikae::planner {
namespace {

constexpr size_t kMostUnits = 11;
constexpr size_t kMostLate = 6;
constexpr size_t kMostOfAPhase = 13;
constexpr int64_t kNodes = 12'000;
constexpr int64_t kPhaseNodes = 20'000;
constexpr int kMostIdleRounds = 1'500;

class NeighbourhoodSearch {
 public:
  NeighbourhoodSearch(const Model& model, const Assignment& incumbent, const SearchGoal& goal,
                      int64_t max_steps, Budget& budget, uint64_t seed)
      : model_(model),
        goal_(goal),
        budget_(budget),
        steps_end_(budget.steps() + max_steps),
        best_(incumbent),
        state_(model),
        dice_(seed) {
    Restore(state_, best_);
    finish_ = FinishOf(state_);
    cost_ = CostNow();
    FindCells();
  }

  Assignment Run() {
    for (int idle = 0; idle < kMostIdleRounds; ++idle) {
      if (budget_.Exhausted() || budget_.steps() >= steps_end_) break;
      const std::vector<int> free = Choose();
      budget_.Spend(static_cast<int64_t>(model_.units.size()) / 8 + model_.cell_count() / 16 + 16);
      if (free.size() < 2) continue;
      SearchGoal goal = goal_;
      goal.free_units = &free;
      // In half of the rounds an equally good plan is accepted too: a better one may be near it.
      Assignment start = best_;
      const bool drift = dice_.Below(2) == 0;
      for (size_t k = 0; drift && k < free.size(); ++k) start[free[k]] = -1;
      const int64_t nodes = free.size() > kMostUnits ? kPhaseNodes : kNodes;
      const Assignment found = SearchExactly(model_, start, goal, nodes, budget_).assignment;
      if (found == best_) continue;
      Restore(state_, found);
      const Finish finish = FinishOf(state_);
      const double cost = CostNow();
      int order = Compare(finish, finish_);
      if (order == 0 && cost != cost_) order = cost < cost_ ? -1 : 1;
      if (order > 0) {
        Restore(state_, best_);
        continue;
      }
      best_ = found;
      finish_ = finish;
      cost_ = cost;
      if (order < 0) idle = 0;
      if (goal_.disturbance != nullptr && cost_ <= goal_.least_cost + 1e-9) break;
    }
    return best_;
  }

 private:
  double CostNow() const {
    return goal_.disturbance == nullptr ? 0 : StabilityCost(*goal_.disturbance, state_);
  }

  /// Lists the cells that each unit may have when the plan holds only fixed units.
  void FindCells() {
    const State fixed(model_);
    cells_.resize(model_.units.size());
    for (size_t u = 0; u < model_.units.size(); ++u) {
      const Unit& unit = model_.units[u];
      if (unit.fixed_cell >= 0) continue;
      const auto [from, to] = fixed.PhaseRoom(unit.phase);
      for (int cell = 0; cell < model_.cell_count(); ++cell) {
        const int day = model_.DayOf(cell);
        if (day < from || day > to || !fixed.Fits(static_cast<int>(u), cell)) continue;
        cells_[u].push_back(cell);
      }
      budget_.Spend(model_.cell_count() / 8 + 1);
      if (!cells_[u].empty()) movable_.push_back(static_cast<int>(u));
    }
  }

  template <typename T>
  void Shuffle(std::vector<T>& list) {
    for (size_t i = list.size(); i > 1; --i) std::swap(list[i - 1], list[dice_.Below(i)]);
  }

  /// Adds units of `from`, in random order, until `free` has `most`.
  void Fill(std::vector<int> from, size_t most, std::vector<int>& free) {
    Shuffle(from);
    for (const int unit : from) {
      if (free.size() >= most) return;
      if (cells_[unit].empty()) continue;
      if (std::find(free.begin(), free.end(), unit) == free.end()) free.push_back(unit);
    }
  }

  /// The units in `cell`; with `whole`, on the whole day of `cell`.
  std::vector<int> StandingAt(int cell, bool whole) const {
    if (!whole) return state_.UnitsIn(cell);
    std::vector<int> units;
    const int first = model_.DayOf(cell) * model_.cells_per_day();
    for (int other = first; other < first + model_.cells_per_day(); ++other) {
      const std::vector<int>& in = state_.UnitsIn(other);
      units.insert(units.end(), in.begin(), in.end());
    }
    return units;
  }

  std::vector<int> Choose() {
    if (goal_.disturbance != nullptr && dice_.Below(4) > 0) return AroundDisturbed();
    switch (dice_.Below(5)) {
      case 0:
      case 1:
        return AroundLeftOut();
      case 2:
      case 3:
        return AroundLast();
      default:
        return OfAPhase();
    }
  }

  /// The units of a random phase, or many of them.
  std::vector<int> OfAPhase() {
    const auto phase = static_cast<int>(dice_.Below(model_.phases.size()));
    std::vector<int> units, free;
    for (const int unit : movable_) {
      if (model_.units[unit].phase == phase) units.push_back(unit);
    }
    Fill(std::move(units), kMostOfAPhase, free);
    return free;
  }

  /// A few units that are away from their published cells, and some units that stand there.
  std::vector<int> AroundDisturbed() {
    std::vector<int> away;
    for (const int unit : movable_) {
      if (goal_.disturbance->Cost(unit, state_.CellOf(unit)) > 0) away.push_back(unit);
    }
    std::vector<int> free;
    if (away.empty()) return free;
    Fill(std::move(away), 1 + dice_.Below(3), free);
    if (free.empty()) return free;
    const int first = free.front();
    const int wanted = goal_.disturbance->Wanted(first);
    const bool whole = dice_.Below(2) == 0;
    if (wanted >= 0) Fill(StandingAt(wanted, whole), free.size() + 4, free);
    if (state_.CellOf(first) >= 0) {
      Fill(StandingAt(state_.CellOf(first), whole), free.size() + 2, free);
    }
    if (dice_.Below(2) == 0) {
      std::vector<int> left;
      for (const int unit : movable_) {
        if (state_.CellOf(unit) < 0) left.push_back(unit);
      }
      Fill(std::move(left), free.size() + 2, free);
    }
    if (free.size() < kMostUnits) AddNeighbours(first, free);
    return free;
  }

  /// A few units that are left out, and some units in cells that the first of them could have.
  std::vector<int> AroundLeftOut() {
    std::vector<int> left;
    for (const int unit : movable_) {
      if (state_.CellOf(unit) < 0) left.push_back(unit);
    }
    std::vector<int> free;
    if (left.empty()) return free;
    Fill(std::move(left), 1 + dice_.Below(3), free);
    AddNeighbours(free.front(), free);
    return free;
  }

  /// The units on the last day of a random phase, when they are few, and some units in cells that
  /// one of them could have.
  std::vector<int> AroundLast() {
    std::vector<int> late;
    const auto phase = static_cast<int>(dice_.Below(model_.phases.size()));
    const int last = finish_.last_day[phase];
    if (last < 0) return late;
    for (const int unit : StandingAt(last * model_.cells_per_day(), true)) {
      if (model_.units[unit].phase == phase) late.push_back(unit);
    }
    if (late.empty() || late.size() > kMostLate) return {};
    std::vector<int> free;
    Fill(std::move(late), kMostLate, free);
    if (!free.empty()) AddNeighbours(free[dice_.Below(free.size())], free);
    return free;
  }

  void AddNeighbours(int unit, std::vector<int>& free) {
    const std::vector<int>& cells = cells_[unit];
    const bool whole = dice_.Below(2) == 0;
    for (int tries = 0; tries < 3 && free.size() < kMostUnits; ++tries) {
      const size_t room = kMostUnits - free.size();
      const int cell = cells[dice_.Below(cells.size())];
      Fill(StandingAt(cell, whole), free.size() + std::max<size_t>(1, (room + 1) / 2), free);
    }
  }

  const Model& model_;
  const SearchGoal& goal_;
  Budget& budget_;
  const int64_t steps_end_;
  Assignment best_;
  State state_;
  Finish finish_;
  double cost_ = 0;
  std::vector<std::vector<int>> cells_;
  std::vector<int> movable_;
  Dice dice_;
};

}  // namespace

Assignment SearchNeighbourhoods(const Model& model, const Assignment& incumbent,
                                const SearchGoal& goal, int64_t max_steps, Budget& budget,
                                uint64_t seed) {
  return NeighbourhoodSearch(model, incumbent, goal, max_steps, budget, seed).Run();
}

}  // namespace kirikae::planner
