#include "service/planner/improve.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "service/planner/disturbance.h"

namespace kirikae::planner {
namespace {

constexpr int kMaxRounds = 3;
constexpr size_t kMaxEmptied = 6;

class Improver {
 public:
  Improver(const PlanProblem& problem, const std::vector<Objective>& objectives, State& state,
           Budget& budget)
      : state_(state), model_(state.model()), budget_(budget), disturbance_(problem, model_) {
    OpenWindows(objectives);
    for (Objective objective : objectives) {
      if (objective == Objective::kStability && disturbance_.any()) ReduceDisturbance();
      if (objective == Objective::kVisits) SaveVisits();
      if (objective == Objective::kLevel) LevelDays();
      keep_stability_ |= objective == Objective::kStability;
      keep_visits_ |= objective == Objective::kVisits;
    }
  }

 private:
  /// The days that each phase may use: those up to its last day now; where STABILITY counts more
  /// than FINISH, all days that the next phase leaves to it.
  void OpenWindows(const std::vector<Objective>& objectives) {
    const auto stability = std::find(objectives.begin(), objectives.end(), Objective::kStability);
    const bool wide =
        std::find(stability, objectives.end(), Objective::kFinish) != objectives.end();
    int begun = 0;
    for (size_t p = 0; p < model_.phases.size(); ++p) {
      const int phase = static_cast<int>(p);
      const auto [from, to] = state_.PhaseRoom(phase);
      const int last = state_.PhaseSpan(phase).second;
      windows_.emplace_back(std::max(from, begun), wide && last >= 0 ? to : last);
      if (last >= 0) begun = windows_.back().second + 1 + model_.phases[p].soak;
    }
  }

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

  void MoveTo(int unit, int cell) {
    if (state_.CellOf(unit) >= 0) state_.Remove(unit);
    state_.Place(unit, cell);
  }

  void ReduceDisturbance() {
    for (int round = 0; round < kMaxRounds; ++round) {
      bool any = ReassignAlike();
      for (size_t u = 0; u < model_.units.size() && !budget_.Exhausted(); ++u) {
        const int unit = static_cast<int>(u);
        if (!MayMove(unit) || disturbance_.Cost(unit, state_.CellOf(unit)) <= 0) continue;
        any |= ReturnToPublished(unit);
      }
      if (!any) return;
    }
  }

  /// Exchanges cells among the units of a class: a unit gets its published cell first, else a cell
  /// on its published day.
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

  bool ReturnToPublished(int unit) {
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

  /// Moves `unit` to `cell`. If it does not fit, moves one other unit out of the way, when that
  /// costs less than the move saves.
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

  /// A cell for a unit that was moved out, at a cost below `limit`; tries `first` before the
  /// others.
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

  /// Lists the cells that visit each site. No visit is added from here on.
  void ListVisits() {
    visits_.assign(model_.site_names.size(), {});
    for (int cell = 0; cell < model_.cell_count(); ++cell) {
      for (int unit : state_.UnitsIn(cell)) {
        for (int site : model_.units[unit].sites) {
          if (visits_[site].empty() || visits_[site].back() != cell) visits_[site].push_back(cell);
        }
      }
    }
  }

  void SaveVisits() {
    ListVisits();
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

  /// Another cell that already visits the unit's site and has capacity for the unit.
  int KnownSite(int unit, int from_cell) {
    const int site = model_.units[unit].sites.front();
    const auto& [from, to] = windows_[model_.units[unit].phase];
    const double now = disturbance_.Cost(unit, from_cell);
    const std::vector<int>& cells = visits_[site];
    for (auto at = std::lower_bound(cells.begin(), cells.end(), from * model_.cells_per_day());
         at != cells.end() && *at < (to + 1) * model_.cells_per_day(); ++at) {
      if (*at == from_cell || !state_.Visited(*at, site)) continue;
      if (!budget_.Spend()) return -1;
      if (keep_stability_ && disturbance_.Cost(unit, *at) > now + 1e-9) continue;
      if (state_.Fits(unit, *at)) return *at;
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
  std::vector<std::vector<int>> visits_;
  bool keep_stability_ = false;
  bool keep_visits_ = false;
};

}  // namespace

int64_t VisitCount(const State& state) {
  int64_t visits = 0;
  for (int cell = 0; cell < state.model().cell_count(); ++cell) visits += state.Visits(cell);
  return visits;
}

int64_t SitesPlaced(const State& state) {
  std::set<int> sites;
  for (size_t u = 0; u < state.model().units.size(); ++u) {
    if (state.CellOf(static_cast<int>(u)) < 0) continue;
    sites.insert(state.model().units[u].sites.begin(), state.model().units[u].sites.end());
  }
  return static_cast<int64_t>(sites.size());
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
