#include "service/planner/improve.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace kirikae::planner {
namespace {

constexpr int kNearDays = 5;
constexpr int kMaxRounds = 3;
constexpr size_t kMaxEmptied = 6;

/// What each unit costs in each cell.
class Disturbance {
 public:
  Disturbance(const PlanProblem& problem, const Model& model)
      : model_(model), of_unit_(model.units.size()) {
    for (size_t i = 0; i < problem.items.size(); ++i) {
      const std::optional<Position>& published = problem.items[i].published;
      if (!published.has_value()) continue;
      const int index = model.FirstOnOrAfter(published->day);
      const bool open = index < model.day_count() && model.days[index] == published->day;
      of_unit_[model.unit_of_item[i]].push_back(
          {open ? index : -1, model.CellOf(*published), index < kNearDays ? 3.0 : 1.0});
      any_ = true;
    }
  }

  bool any() const { return any_; }

  double Cost(int unit, int cell) const {
    double cost = 0;
    for (const Row& row : of_unit_[unit]) {
      if (cell < 0 || model_.DayOf(cell) != row.day) {
        cost += row.day_cost;
      } else if (cell != row.cell) {
        cost += 0.25;
      }
    }
    return cost;
  }

  /// Where the unit's first published item was, or -1.
  int Wanted(int unit) const { return of_unit_[unit].empty() ? -1 : of_unit_[unit].front().cell; }
  int WantedDay(int unit) const { return of_unit_[unit].empty() ? -1 : of_unit_[unit].front().day; }

 private:
  struct Row {
    int day;
    int cell;
    double day_cost;
  };
  const Model& model_;
  std::vector<std::vector<Row>> of_unit_;
  bool any_ = false;
};

class Improver {
 public:
  Improver(const PlanProblem& problem, const std::vector<Objective>& objectives, State& state,
           Budget& budget)
      : state_(state), model_(state.model()), budget_(budget), disturbance_(problem, model_) {
    for (size_t p = 0; p < model_.phases.size(); ++p) {
      const int phase = static_cast<int>(p);
      windows_.emplace_back(state.PhaseRoom(phase).first, state.PhaseSpan(phase).second);
    }
    for (Objective objective : objectives) {
      if (objective == Objective::kStability && disturbance_.any()) Settle();
      if (objective == Objective::kVisits) SaveVisits();
      if (objective == Objective::kLevel) LevelDays();
      keep_stability_ |= objective == Objective::kStability;
      keep_visits_ |= objective == Objective::kVisits;
    }
  }

 private:
  bool InWindow(int unit, int cell) const {
    const auto& [from, to] = windows_[model_.units[unit].phase];
    const int day = model_.DayOf(cell);
    return day >= from && day <= to;
  }

  bool MayMove(int unit) const {
    return state_.CellOf(unit) >= 0 && model_.units[unit].fixed_cell < 0;
  }

  int64_t NewVisits(int unit, int cell) const {
    int64_t visits = 0;
    for (int site : model_.units[unit].sites) visits += state_.Visited(cell, site) ? 0 : 1;
    return visits;
  }

  /// Visits of the plan that end when `unit` leaves its cell; call after removing it.
  void MoveTo(int unit, int cell) {
    if (state_.CellOf(unit) >= 0) state_.Remove(unit);
    state_.Place(unit, cell);
  }

  void Settle() {
    for (int round = 0; round < kMaxRounds; ++round) {
      bool any = ReassignAlike();
      for (size_t u = 0; u < model_.units.size() && !budget_.Exhausted(); ++u) {
        const int unit = static_cast<int>(u);
        if (!MayMove(unit) || disturbance_.Cost(unit, state_.CellOf(unit)) <= 0) continue;
        any |= SendHome(unit);
      }
      if (!any) return;
    }
  }

  /// Within a class the same cells may go to other units: the published cell first, then the day.
  bool ReassignAlike() {
    bool any = false;
    for (const UnitClass& row : model_.classes) {
      std::map<int, int> cells;
      std::vector<int> waiting;
      double before = 0, after = 0;
      for (int u : row.units) {
        if (state_.CellOf(u) < 0) continue;
        before += disturbance_.Cost(u, state_.CellOf(u));
        ++cells[state_.CellOf(u)];
        waiting.push_back(u);
      }
      if (before <= 0) continue;
      std::vector<std::pair<int, int>> chosen;
      Match(cells, waiting, chosen);
      for (const auto& [unit, cell] : chosen) after += disturbance_.Cost(unit, cell);
      if (after >= before - 1e-9) continue;
      for (const auto& [unit, cell] : chosen) state_.Remove(unit);
      for (const auto& [unit, cell] : chosen) state_.Place(unit, cell);
      any = true;
    }
    return any;
  }

  void Match(std::map<int, int>& cells, std::vector<int>& waiting,
             std::vector<std::pair<int, int>>& chosen) const {
    const auto take = [&](int unit, std::map<int, int>::iterator at) {
      chosen.emplace_back(unit, at->first);
      if (--at->second == 0) cells.erase(at);
      return true;
    };
    std::erase_if(waiting, [&](int unit) {
      const auto at = cells.find(disturbance_.Wanted(unit));
      return at != cells.end() && take(unit, at);
    });
    std::erase_if(waiting, [&](int unit) {
      const int day = disturbance_.WantedDay(unit);
      if (day < 0) return false;
      const auto at = cells.lower_bound(day * model_.cells_per_day());
      return at != cells.end() && model_.DayOf(at->first) == day && take(unit, at);
    });
    for (int unit : waiting) take(unit, cells.begin());
  }

  bool SendHome(int unit) {
    const int wanted = disturbance_.Wanted(unit);
    if (wanted >= 0 && InWindow(unit, wanted) && TryCell(unit, wanted)) return true;
    const int day = disturbance_.WantedDay(unit);
    if (day < 0) return false;
    for (int i = 0; i < model_.cells_per_day(); ++i) {
      const int cell = day * model_.cells_per_day() + i;
      if (cell != wanted && InWindow(unit, cell) && TryCell(unit, cell)) return true;
    }
    return false;
  }

  /// Moves `unit` to `cell`, swapping one other out if that costs less than it saves.
  bool TryCell(int unit, int cell) {
    const int old_cell = state_.CellOf(unit);
    const double gain = disturbance_.Cost(unit, old_cell) - disturbance_.Cost(unit, cell);
    if (gain <= 1e-9 || !budget_.Spend()) return false;
    state_.Remove(unit);
    if (state_.Fits(unit, cell)) {
      state_.Place(unit, cell);
      return true;
    }
    for (int other : std::vector<int>(state_.UnitsIn(cell))) {
      if (!MayMove(other) || !budget_.Spend()) continue;
      const double was = disturbance_.Cost(other, cell);
      state_.Remove(other);
      if (state_.Fits(unit, cell)) {
        state_.Place(unit, cell);
        const int refuge = Refuge(other, cell, old_cell, was + gain - 1e-9);
        if (refuge >= 0) {
          state_.Place(other, refuge);
          return true;
        }
        state_.Remove(unit);
      }
      state_.Place(other, cell);
    }
    state_.Place(unit, old_cell);
    return false;
  }

  /// A cell for a unit put out that costs less than `limit`; tries `first` before the others.
  int Refuge(int unit, int except, int first, double limit) {
    const auto good = [&](int cell) {
      return cell != except && InWindow(unit, cell) && budget_.Spend() &&
             disturbance_.Cost(unit, cell) < limit && state_.Fits(unit, cell);
    };
    if (good(first)) return first;
    if (disturbance_.Cost(unit, except) <= 0 && limit <= 0.25) return -1;
    const auto& [from, to] = windows_[model_.units[unit].phase];
    for (int cell = from * model_.cells_per_day(); cell < (to + 1) * model_.cells_per_day();
         ++cell) {
      if (good(cell)) return cell;
    }
    return -1;
  }

  void SaveVisits() {
    for (int round = 0; round < kMaxRounds; ++round) {
      bool any = false;
      for (int cell = 0; cell < model_.cell_count() && !budget_.Exhausted(); ++cell) {
        if (state_.UnitsIn(cell).empty() || state_.UnitsIn(cell).size() > 4 * kMaxEmptied) continue;
        std::map<int, std::vector<int>> by_site;
        for (int unit : state_.UnitsIn(cell)) {
          for (int site : model_.units[unit].sites) by_site[site].push_back(unit);
        }
        for (const auto& [site, units] : by_site) {
          if (units.size() <= kMaxEmptied) any |= EndVisit(cell, units);
        }
      }
      if (!any) return;
    }
  }

  bool EndVisit(int cell, const std::vector<int>& units) {
    for (int unit : units) {
      if (!MayMove(unit) || model_.units[unit].sites.size() > 1) return false;
    }
    size_t moved = 0;
    for (; moved < units.size(); ++moved) {
      state_.Remove(units[moved]);
      const int target = KnownSite(units[moved], cell);
      if (target < 0) {
        state_.Place(units[moved], cell);
        break;
      }
      state_.Place(units[moved], target);
    }
    if (moved == units.size()) return true;
    while (moved > 0) MoveTo(units[--moved], cell);
    return false;
  }

  /// Another cell that already visits the unit's site and can take it.
  int KnownSite(int unit, int from_cell) {
    const auto& [from, to] = windows_[model_.units[unit].phase];
    const double now = disturbance_.Cost(unit, from_cell);
    for (int cell = from * model_.cells_per_day(); cell < (to + 1) * model_.cells_per_day();
         ++cell) {
      if (cell == from_cell || !state_.Visited(cell, model_.units[unit].sites.front())) continue;
      if (!budget_.Spend()) return -1;
      if (keep_stability_ && disturbance_.Cost(unit, cell) > now + 1e-9) continue;
      if (state_.Fits(unit, cell)) return cell;
    }
    return -1;
  }

  void LevelDays() {
    for (;;) {
      int fullest = -1, emptiest = -1;
      for (int day = 0; day < model_.day_count(); ++day) {
        const int64_t count = state_.DayDevices(day);
        if (count == 0) continue;
        if (fullest < 0 || count > state_.DayDevices(fullest)) fullest = day;
        if (emptiest < 0 || count < state_.DayDevices(emptiest)) emptiest = day;
      }
      if (fullest < 0 || !MoveOne(fullest, emptiest)) return;
    }
  }

  bool MoveOne(int from_day, int to_day) {
    const int64_t gap = state_.DayDevices(from_day) - state_.DayDevices(to_day);
    for (int i = 0; i < model_.cells_per_day(); ++i) {
      const int cell = from_day * model_.cells_per_day() + i;
      for (int unit : std::vector<int>(state_.UnitsIn(cell))) {
        if (!MayMove(unit) || model_.units[unit].devices >= gap) continue;
        const double cost = disturbance_.Cost(unit, cell);
        const int64_t visits = state_.Visits(cell);
        state_.Remove(unit);
        const int64_t ended = visits - state_.Visits(cell);
        for (int j = 0; j < model_.cells_per_day(); ++j) {
          const int target = to_day * model_.cells_per_day() + j;
          if (!budget_.Spend()) break;
          if (!InWindow(unit, target) || !state_.Fits(unit, target)) continue;
          if (keep_stability_ && disturbance_.Cost(unit, target) > cost + 1e-9) continue;
          if (keep_visits_ && NewVisits(unit, target) > ended) continue;
          state_.Place(unit, target);
          return true;
        }
        state_.Place(unit, cell);
        if (budget_.Exhausted()) return false;
      }
    }
    return false;
  }

  State& state_;
  const Model& model_;
  Budget& budget_;
  const Disturbance disturbance_;
  std::vector<std::pair<int, int>> windows_;
  bool keep_stability_ = false;
  bool keep_visits_ = false;
};

}  // namespace

double StabilityCost(const PlanProblem& problem, const State& state) {
  const Disturbance disturbance(problem, state.model());
  double cost = 0;
  for (size_t u = 0; u < state.model().units.size(); ++u) {
    cost += disturbance.Cost(static_cast<int>(u), state.CellOf(static_cast<int>(u)));
  }
  return cost;
}

int64_t VisitCount(const State& state) {
  int64_t visits = 0;
  for (int cell = 0; cell < state.model().cell_count(); ++cell) visits += state.Visits(cell);
  return visits;
}

int64_t LevelSpread(const State& state) {
  int64_t most = 0, least = 0;
  for (int day = 0; day < state.model().day_count(); ++day) {
    const int64_t count = state.DayDevices(day);
    if (count == 0) continue;
    most = std::max(most, count);
    least = least == 0 ? count : std::min(least, count);
  }
  return most - least;
}

void Improve(const PlanProblem& problem, const std::vector<Objective>& objectives, State& state,
             Budget& budget) {
  Improver(problem, objectives, state, budget);
}

}  // namespace kirikae::planner
