#include "service/planner/bound.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

namespace kirikae::planner {
namespace {

constexpr int64_t kLargestSumTable = 20'000;

/// By capacity: the largest sum of sizes that does not exceed it.
class ReachableSums {
 public:
  void Build(const std::map<int64_t, int64_t>& sizes, int64_t capacity) {
    if (capacity > kLargestSumTable || sizes.size() > 400) return;
    best_.assign(capacity + 1, 0);
    std::vector<char> reach(capacity + 1, 0);
    reach[0] = 1;
    for (const auto& [size, count] : sizes) {
      if (size <= 0 || size > capacity) continue;
      std::vector<int64_t> used(capacity + 1, 0);
      for (int64_t sum = size; sum <= capacity; ++sum) {
        if (reach[sum] || !reach[sum - size] || used[sum - size] >= count) continue;
        reach[sum] = 1;
        used[sum] = used[sum - size] + 1;
      }
    }
    for (int64_t sum = 1; sum <= capacity; ++sum) best_[sum] = reach[sum] ? sum : best_[sum - 1];
  }
  int64_t AtMost(int64_t capacity) const {
    if (capacity <= 0) return 0;
    if (best_.empty()) return capacity;
    return best_[std::min<size_t>(capacity, best_.size() - 1)];
  }

 private:
  std::vector<int64_t> best_;
};

/// A class of the phase, with the figures that the bounds use.
struct Demand {
  const Unit* unit = nullptr;
  int64_t count = 0;
  int release = 0;
  std::vector<char> teams;
};

/// The number of visits that the units added so far need at least. Two rules count them: a visit
/// holds no more minutes than the largest cell; a site is visited on as many days as the tightest
/// pool of its items needs.
class VisitNeed {
 public:
  VisitNeed(const Model& model, int64_t largest_minutes)
      : model_(model), largest_minutes_(largest_minutes) {}

  void Add(const Unit& unit, int64_t count) {
    for (int site : unit.sites) {
      int64_t& least = least_[site];
      total_ -= least;
      least = std::max<int64_t>(least, 1);
      // How a unit of several sites divides its minutes and pool items among the sites is not known
      // here, so it counts as one visit to each site only.
      if (unit.sites.size() == 1) {
        int64_t& minutes = minutes_[site];
        minutes += unit.minutes * count;
        if (largest_minutes_ > 0) {
          least = std::max(least, (minutes + largest_minutes_ - 1) / largest_minutes_);
        }
        for (const auto& [pool, each] : unit.pools) {
          int64_t& items = pool_items_[{site, pool}];
          items += each * count;
          const int64_t limit = std::max<int64_t>(1, model_.pool_limit[pool]);
          least = std::max(least, (items + limit - 1) / limit);
        }
      }
      total_ += least;
    }
  }
  int64_t Least() const { return total_; }

 private:
  const Model& model_;
  const int64_t largest_minutes_;
  std::map<int, int64_t> least_;
  std::map<int, int64_t> minutes_;
  std::map<std::pair<int, int>, int64_t> pool_items_;
  int64_t total_ = 0;
};

class Bounder {
 public:
  Bounder(const State& fixed, int phase, const std::vector<int>& classes, int from)
      : fixed_(fixed), model_(fixed.model()), phase_(phase), from_(from) {
    for (int c : classes) {
      Demand demand;
      demand.unit = &model_.units[model_.classes[c].units.front()];
      demand.count = static_cast<int64_t>(model_.classes[c].units.size());
      demand.release = EarliestAlone(fixed, model_.classes[c].units.front(), from);
      for (int t = 0; t < model_.teams; ++t) {
        demand.teams.push_back(ServedBy(model_, *demand.unit, t) ? 1 : 0);
      }
      demands_.push_back(std::move(demand));
    }
  }

  PhaseBound Run(BoundBy from_by) {
    const int fixed_last = fixed_.PhaseSpan(phase_).second;
    if (demands_.empty()) return {fixed_last, fixed_last < 0 ? BoundBy::kNone : BoundBy::kFixed};
    result_ = {from_, from_by};
    Singles();
    MeasureCells();
    Capacity();
    Pools();
    Cells();
    HelpDeskDays();
    Raise(fixed_last, BoundBy::kFixed);
    return result_;
  }

 private:
  void Raise(int day, BoundBy by) {
    if (day > result_.day) result_ = {day, by};
  }

  void Singles() {
    for (const Demand& demand : demands_) {
      if (demand.release <= result_.day) continue;
      const Window& window = model_.windows[demand.unit->window];
      BoundBy by = BoundBy::kCapacity;
      if (window.first >= demand.release) {
        by = BoundBy::kNotReady;
      } else if (demand.release < model_.day_count() &&
                 !model_.Allows(demand.unit->window, demand.release - 1)) {
        by = BoundBy::kBlackout;
      }
      Raise(demand.release, by);
    }
  }

  void MeasureCells() {
    std::map<int64_t, int64_t> sizes;
    double least_ratio = 1e18;
    for (const Demand& demand : demands_) {
      sizes[demand.unit->minutes] += demand.count;
      least_ratio = std::min(least_ratio, static_cast<double>(demand.unit->minutes) /
                                              static_cast<double>(demand.unit->devices));
    }
    minutes_.assign(model_.cell_count(), 0);
    raw_minutes_.assign(model_.cell_count(), 0);
    devices_.assign(model_.cell_count(), 0);
    int64_t largest = 0;
    for (int cell = from_ * model_.cells_per_day(); cell < model_.cell_count(); ++cell) {
      if (!model_.IsOpen(cell)) continue;
      const int64_t visit = fixed_.Visits(cell) == 0 ? model_.visit_minutes : 0;
      raw_minutes_[cell] = model_.cell_minutes[cell] - fixed_.UsedMinutes(cell);
      fixed_visits_ += fixed_.Visits(cell);
      minutes_[cell] = std::max<int64_t>(0, raw_minutes_[cell] - visit);
      if (minutes_[cell] < kUnlimited / 2) largest = std::max(largest, minutes_[cell]);
    }
    ReachableSums sums;
    sums.Build(sizes, largest);
    largest_minutes_ = 0;
    for (int cell = from_ * model_.cells_per_day(); cell < model_.cell_count(); ++cell) {
      if (!model_.IsOpen(cell)) continue;
      if (minutes_[cell] < kUnlimited / 2) minutes_[cell] = sums.AtMost(minutes_[cell]);
      largest_minutes_ = std::max(largest_minutes_, minutes_[cell]);
      devices_[cell] = std::max<int64_t>(0, model_.cell_devices[cell] - fixed_.UsedDevices(cell));
      if (least_ratio > 0) {
        const double fit = std::floor(static_cast<double>(minutes_[cell]) / least_ratio + 1e-9);
        devices_[cell] = std::min(devices_[cell], static_cast<int64_t>(fit));
      }
    }
  }

  /// The first day by which the sum of `supply(day)` from `release` on reaches `need`.
  template <typename Supply>
  int FirstDay(int release, int64_t need, Supply supply) const {
    int64_t sum = 0;
    for (int day = release; day < model_.day_count(); ++day) {
      sum = std::min(kUnlimited, sum + supply(day));
      if (sum >= need) return day;
    }
    return model_.day_count();
  }

  /// Checks minutes and devices for each set of teams that some item is confined to, from each
  /// release day.
  void Capacity() {
    std::set<std::vector<char>> masks;
    for (const Demand& demand : demands_) masks.insert(demand.teams);
    masks.insert(std::vector<char>(model_.teams, 1));
    if (masks.size() > 64) masks = {std::vector<char>(model_.teams, 1)};
    std::vector<const Demand*> late_first;
    for (const Demand& demand : demands_) late_first.push_back(&demand);
    std::stable_sort(late_first.begin(), late_first.end(),
                     [](const Demand* a, const Demand* b) { return a->release > b->release; });
    for (const std::vector<char>& mask : masks) CapacityOf(mask, late_first);
  }

  void CapacityOf(const std::vector<char>& mask, const std::vector<const Demand*>& late_first) {
    std::vector<int64_t> day_minutes(model_.day_count(), 0), day_devices(model_.day_count(), 0),
        day_raw(model_.day_count(), 0);
    const auto add = [](int64_t& sum, int64_t more) { sum = std::min(kUnlimited, sum + more); };
    for (int cell = from_ * model_.cells_per_day(); cell < model_.cell_count(); ++cell) {
      if (!mask[model_.TeamOf(cell)]) continue;
      add(day_minutes[model_.DayOf(cell)], minutes_[cell]);
      add(day_devices[model_.DayOf(cell)], devices_[cell]);
      add(day_raw[model_.DayOf(cell)], raw_minutes_[cell]);
    }
    int64_t minutes = 0, devices = 0;
    VisitNeed visits(model_, largest_minutes_);
    for (size_t i = 0; i < late_first.size(); ++i) {
      const Demand& demand = *late_first[i];
      bool inside = true;
      for (int t = 0; t < model_.teams; ++t) inside &= !demand.teams[t] || mask[t];
      if (inside) {
        minutes += demand.unit->minutes * demand.count;
        devices += demand.unit->devices * demand.count;
        if (model_.visit_minutes > 0) visits.Add(*demand.unit, demand.count);
      }
      if (i + 1 < late_first.size() && late_first[i + 1]->release == demand.release) continue;
      Raise(FirstDay(demand.release, minutes, [&](int day) { return day_minutes[day]; }),
            BoundBy::kCapacity);
      Raise(FirstDay(demand.release, devices, [&](int day) { return day_devices[day]; }),
            BoundBy::kDeviceCount);
      if (model_.visit_minutes == 0) continue;
      const int64_t needed = std::max<int64_t>(0, visits.Least() - fixed_visits_);
      Raise(FirstDay(demand.release, minutes + needed * model_.visit_minutes,
                     [&](int day) { return day_raw[day]; }),
            BoundBy::kCapacity);
    }
  }

  void Pools() {
    std::map<int, std::vector<std::pair<const Demand*, int64_t>>> members;
    for (const Demand& demand : demands_) {
      for (const auto& [pool, count] : demand.unit->pools) {
        members[pool].emplace_back(&demand, count);
      }
    }
    for (const auto& [pool, demands] : members) {
      std::map<int, int64_t, std::greater<int>> released;
      int64_t step = 0;
      std::set<int> windows;
      for (const auto& [demand, count] : demands) {
        released[demand->release] += count * demand->count;
        step = std::gcd(step, count);
        windows.insert(demand->unit->window);
      }
      std::vector<int64_t> supply(model_.day_count(), 0);
      for (int day = from_; day < model_.day_count(); ++day) {
        if (std::none_of(windows.begin(), windows.end(),
                         [&](int window) { return model_.Allows(window, day); }) ||
            !AnyCell(day)) {
          continue;
        }
        const int64_t room = model_.pool_limit[pool] - fixed_.PoolUse(pool, day);
        supply[day] = std::max<int64_t>(0, room) / step * step;
      }
      int64_t need = 0;
      for (const auto& [release, count] : released) {
        need += count;
        Raise(FirstDay(release, need, [&](int day) { return supply[day]; }), BoundBy::kPoolLimit);
      }
    }
  }

  bool AnyCell(int day) const {
    for (int i = 0; i < model_.cells_per_day(); ++i) {
      if (model_.IsOpen(day * model_.cells_per_day() + i)) return true;
    }
    return false;
  }

  /// The number of cells that dual-feasible functions prove necessary, with every cell as large as
  /// the largest one.
  void Cells() {
    const int64_t capacity = largest_minutes_;
    if (capacity <= 0 || capacity >= kUnlimited / 2) return;
    std::map<int64_t, int64_t> sizes;
    for (const Demand& demand : demands_) sizes[demand.unit->minutes] += demand.count;
    int64_t need = 0;
    std::vector<int64_t> thresholds = {0};
    for (const auto& [size, count] : sizes) {
      if (size > capacity) return;
      if (size * 2 <= capacity && thresholds.size() < 2'000) thresholds.push_back(size);
    }
    for (int64_t threshold : thresholds) {
      int64_t sum = 0;
      for (const auto& [size, count] : sizes) {
        if (size > capacity - threshold) {
          sum += capacity * count;
        } else if (size >= threshold) {
          sum += size * count;
        }
      }
      need = std::max(need, (sum + capacity - 1) / capacity);
    }
    for (int64_t k = 1; k <= 60; ++k) {
      int64_t sum = 0;  // in units of 1 / (k * capacity)
      for (const auto& [size, count] : sizes) {
        const int64_t scaled = (k + 1) * size;
        sum += (scaled % capacity == 0 ? size * k : scaled / capacity * capacity) * count;
      }
      need = std::max(need, (sum + k * capacity - 1) / (k * capacity));
    }
    Raise(FirstDay(from_, need,
                   [&](int day) {
                     int64_t open = 0;
                     for (int i = 0; i < model_.cells_per_day(); ++i) {
                       open += minutes_[day * model_.cells_per_day() + i] > 0 ? 1 : 0;
                     }
                     return open;
                   }),
          BoundBy::kCapacity);
  }

  void HelpDeskDays() {
    if (model_.ticket_limit <= 0) return;
    int64_t devices = 0;
    for (const Demand& demand : demands_) devices += demand.unit->devices * demand.count;
    const int span = static_cast<int>(model_.tickets.size());
    const auto room_on = [&](int day) {
      return std::max(0.0, model_.ticket_limit + 1e-9 - model_.carried_tickets[day]);
    };
    double room = 0;
    int counted = from_;
    for (int day = std::max(result_.day, from_); day < model_.day_count(); ++day) {
      double each = 0;
      for (int k = 0; k < span && day + k < model_.day_count(); ++k) each += model_.tickets[k];
      const int affected = std::min(model_.day_count() - 1, day + span - 1);
      for (; counted <= affected; ++counted) room += room_on(counted);
      if (static_cast<double>(devices) * each <= room + 1e-6) break;
      Raise(day + 1, BoundBy::kHelpDesk);
    }
    if (span == 0 || model_.tickets[0] <= 0) return;
    Raise(FirstDay(from_, devices,
                   [&](int day) {
                     return static_cast<int64_t>(std::floor(room_on(day) / model_.tickets[0]));
                   }),
          BoundBy::kHelpDesk);
  }

  const State& fixed_;
  const Model& model_;
  const int phase_;
  const int from_;
  std::vector<Demand> demands_;
  std::vector<int64_t> minutes_;
  std::vector<int64_t> raw_minutes_;
  std::vector<int64_t> devices_;
  int64_t fixed_visits_ = 0;
  int64_t largest_minutes_ = 0;
  PhaseBound result_;
};

}  // namespace

int EarliestAlone(const State& state, int unit, int from) {
  const Model& model = state.model();
  const Unit& row = model.units[unit];
  for (int day = std::max(from, 0); day < model.day_count(); ++day) {
    if (!AllowedOnDay(model, row, day)) continue;
    for (int i = 0; i < model.cells_per_day(); ++i) {
      if (state.Fits(unit, day * model.cells_per_day() + i)) return day;
    }
  }
  return model.day_count();
}

PhaseBound BoundPhase(const State& fixed, int phase, const std::vector<int>& classes, int from,
                      BoundBy from_by) {
  if (from >= fixed.model().day_count()) {
    const bool empty = classes.empty() && fixed.PhaseSpan(phase).second < 0;
    return {empty ? -1 : fixed.model().day_count(), from_by};
  }
  return Bounder(fixed, phase, classes, from).Run(from_by);
}

}  // namespace kirikae::planner
