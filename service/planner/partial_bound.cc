#include "service/planner/partial_bound.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "service/planner/max_flow.h"

namespace kirikae::planner {
namespace {

constexpr double kEpsilon = 1e-6;
/// The most windows times cells times classes.
constexpr int64_t kMostWork = 60'000'000;
/// Of the tables by phase, first and last day: 64 MiB.
constexpr int64_t kMostCells = 8'388'608;

/// The units of a class in one row: what they demand, and what a part of it is worth.
struct Row {
  const Unit* unit;
  int64_t amount;
  double worth;
};

std::vector<Row> RowsOf(const Model& model, const std::vector<int>& units, bool minutes) {
  std::map<int, Row> by_class;
  for (const int u : units) {
    const Unit& unit = model.units[u];
    const int64_t each = minutes ? unit.minutes : unit.devices;
    if (each <= 0) continue;
    Row& row = by_class.try_emplace(unit.class_id, Row{&unit, 0, 0}).first->second;
    row.amount += each;
    row.worth = unit.weight / static_cast<double>(each);
  }
  std::vector<Row> rows;
  rows.reserve(by_class.size());
  for (const auto& [id, row] : by_class) rows.push_back(row);
  std::stable_sort(rows.begin(), rows.end(),
                   [](const Row& a, const Row& b) { return a.worth > b.worth; });
  return rows;
}

/// The pools that every device of every row is in.
std::vector<int> CommonPools(const std::vector<Row>& rows) {
  std::vector<int> common;
  if (rows.empty()) return common;
  for (const auto& [pool, count] : rows.front().unit->pools) {
    const bool all = std::all_of(rows.begin(), rows.end(), [&](const Row& row) {
      return std::find(row.unit->pools.begin(), row.unit->pools.end(),
                       std::pair(pool, row.unit->devices)) != row.unit->pools.end();
    });
    if (all) common.push_back(pool);
  }
  return common;
}

/// Sends the rows through the network, those worth most first. In such a network that is the most
/// worth that can be sent.
template <typename Connect>
double MostWorth(MaxFlow& flow, int source, int sink, const std::vector<Row>& rows,
                 Connect connect) {
  double worth = 0;
  for (size_t k = 0; k < rows.size(); ++k) {
    const int node = flow.AddNode();
    flow.AddArc(source, node, rows[k].amount);
    connect(rows[k], node);
    worth += rows[k].worth * static_cast<double>(flow.Augment(source, sink));
  }
  return worth;
}

}  // namespace

PartialBound::PartialBound(const State& fixed, const std::vector<std::vector<int>>& units,
                           Budget& budget)
    : fixed_(fixed), model_(fixed.model()), units_(units), budget_(budget) {
  const int64_t days = model_.day_count();
  int64_t rows = 0;
  for (const std::vector<int>& phase : units) rows += static_cast<int64_t>(phase.size());
  usable_ = days * days <= kMostCells / std::max<int64_t>(1, static_cast<int64_t>(units.size())) &&
            days * days / 2 * model_.cell_count() <= kMostWork / std::max<int64_t>(1, rows);
  if (!usable_) return;
  in_window_.assign(units.size(), std::vector<double>(days * days, -1));
  from_.assign(units.size() + 1, std::vector<double>(days + 1, -1));
  for (const std::vector<int>& phase : units) {
    double all = 0;
    for (const int u : phase) all += model_.units[u].weight;
    all_.push_back(all);
  }
}

int PartialBound::FirstDay(int phase, int start) const {
  return std::max(start, fixed_.PhaseRoom(phase).first);
}

/// The weight of the phase that the days from..to can take.
double PartialBound::InWindow(int phase, int from, int to) {
  if (from > to) return 0;
  double& known = in_window_[phase][static_cast<size_t>(from) * model_.day_count() + to];
  if (known >= 0) return known;
  // Whatever the days: no more than all of it. So no work begins once the steps are used.
  if (budget_.Exhausted()) return all_[phase];
  std::vector<int> units;
  for (const int u : units_[phase]) {
    bool fits = false;
    for (int day = from; day <= to && !fits; ++day)
      fits = AllowedOnDay(model_, model_.units[u], day);
    if (fits) units.push_back(u);
  }
  budget_.Spend(static_cast<int64_t>(units.size() * (to - from + 1)));
  known = std::min({ByDevices(units, from, to, /*own_pools=*/false),
                    ByDevices(units, from, to, /*own_pools=*/true), ByMinutes(units, from, to)});
  return known;
}

/// A flow of devices: class, cell, day; a pool that all have limits the day. With `own_pools`, a
/// class passes its first other pool on each day before the cells; what the pool's classes share
/// then forgets which teams serve which of them, so neither flow is always the smaller.
double PartialBound::ByDevices(const std::vector<int>& units, int from, int to,
                               bool own_pools) const {
  const std::vector<Row> rows = RowsOf(model_, units, /*minutes=*/false);
  std::vector<std::pair<double, int64_t>> lengths;
  for (const Row& row : rows) {
    lengths.emplace_back(
        static_cast<double>(row.unit->minutes) / static_cast<double>(row.unit->devices),
        row.amount);
  }
  std::sort(lengths.begin(), lengths.end());
  const std::vector<int> common = CommonPools(rows);
  MaxFlow flow;
  const int source = flow.AddNode(), sink = flow.AddNode();
  const int per_day = model_.cells_per_day();
  std::vector<int> cell_node((to - from + 1) * per_day, -1);
  for (int day = from; day <= to; ++day) {
    int64_t day_limit = kUnlimited;
    if (model_.ticket_limit > 0 && !model_.tickets.empty() && model_.tickets[0] > 0) {
      const double left = model_.ticket_limit + 1e-9 - model_.carried_tickets[day];
      day_limit = static_cast<int64_t>(std::floor(std::max(0.0, left) / model_.tickets[0]));
    }
    for (const int pool : common) {
      day_limit = std::min(
          day_limit, std::max<int64_t>(0, model_.pool_limit[pool] - fixed_.PoolUse(pool, day)));
    }
    const int day_node = flow.AddNode();
    flow.AddArc(day_node, sink, day_limit);
    for (int cell = day * per_day; cell < (day + 1) * per_day; ++cell) {
      if (!model_.IsOpen(cell)) continue;
      int64_t most = std::max<int64_t>(0, model_.cell_devices[cell] - fixed_.UsedDevices(cell));
      if (model_.cell_minutes[cell] < kUnlimited / 2) {
        double free = static_cast<double>(
            std::max<int64_t>(0, model_.cell_minutes[cell] - fixed_.UsedMinutes(cell) -
                                     (fixed_.Visits(cell) == 0 ? model_.visit_minutes : 0)));
        double count = 0;
        for (const auto& [length, amount] : lengths) {
          const double part = length <= 0 ? static_cast<double>(amount)
                                          : std::min(static_cast<double>(amount), free / length);
          count += part;
          free -= part * length;
        }
        most = std::min(most, static_cast<int64_t>(std::floor(count + kEpsilon)));
      }
      cell_node[cell - from * per_day] = flow.AddNode();
      flow.AddArc(cell_node[cell - from * per_day], day_node, most);
    }
  }
  std::map<std::pair<int, int>, int> pool_days;
  const auto to_cells = [&](const Unit& unit, int day, int node) {
    for (int k = 0; k < per_day; ++k) {
      const int cell = cell_node[(day - from) * per_day + k];
      if (cell < 0 || !ServedBy(model_, unit, k % model_.teams)) continue;
      flow.AddArc(node, cell, kUnlimited);
    }
  };
  return MostWorth(flow, source, sink, rows, [&](const Row& row, int node) {
    const Unit& unit = *row.unit;
    const auto own = std::find_if(unit.pools.begin(), unit.pools.end(), [&](const auto& each) {
      return each.second == unit.devices &&
             std::count(common.begin(), common.end(), each.first) == 0;
    });
    for (int day = from; day <= to; ++day) {
      if (!AllowedOnDay(model_, unit, day)) continue;
      if (!own_pools || own == unit.pools.end()) {
        to_cells(unit, day, node);
        continue;
      }
      const int pool = own->first;
      const auto [at, is_new] = pool_days.try_emplace({pool, day}, 0);
      if (is_new) {
        // Both nodes of the pool's day; the arc between them has its limit.
        at->second = flow.AddNode();
        flow.AddNode();
        flow.AddArc(at->second, at->second + 1,
                    std::max<int64_t>(0, model_.pool_limit[pool] - fixed_.PoolUse(pool, day)));
      }
      flow.AddArc(node, at->second, kUnlimited);
      to_cells(unit, day, at->second + 1);
    }
  });
}

/// A flow of minutes: class, cell.
double PartialBound::ByMinutes(const std::vector<int>& units, int from, int to) const {
  const std::vector<Row> rows = RowsOf(model_, units, /*minutes=*/true);
  double worth = 0;
  for (const int u : units) worth += model_.units[u].minutes <= 0 ? model_.units[u].weight : 0;
  MaxFlow flow;
  const int source = flow.AddNode(), sink = flow.AddNode();
  const int per_day = model_.cells_per_day();
  std::vector<int> cell_node((to - from + 1) * per_day, -1);
  for (int cell = from * per_day; cell < (to + 1) * per_day; ++cell) {
    if (!model_.IsOpen(cell)) continue;
    const int64_t visit = fixed_.Visits(cell) == 0 ? model_.visit_minutes : 0;
    cell_node[cell - from * per_day] = flow.AddNode();
    flow.AddArc(cell_node[cell - from * per_day], sink,
                std::max<int64_t>(0, model_.cell_minutes[cell] - fixed_.UsedMinutes(cell) - visit));
  }
  return worth + MostWorth(flow, source, sink, rows, [&](const Row& row, int node) {
           for (int cell = from * per_day; cell < (to + 1) * per_day; ++cell) {
             const int at = cell_node[cell - from * per_day];
             if (at < 0 || !AllowedOnDay(model_, *row.unit, model_.DayOf(cell)) ||
                 !ServedBy(model_, *row.unit, model_.TeamOf(cell))) {
               continue;
             }
             flow.AddArc(node, at, kUnlimited);
           }
         });
}

/// The most weight that the phases from `phase` on can place when the first of them may begin on
/// day `start`.
double PartialBound::From(size_t phase, int start) {
  if (phase == units_.size()) return 0;
  start = std::min(start, model_.day_count());
  double& known = from_[phase][start];
  if (known >= 0) return known;
  const int number = static_cast<int>(phase);
  double most = From(phase + 1, start);
  const int last = std::min(fixed_.PhaseRoom(number).second, model_.day_count() - 1);
  const int first = FirstDay(number, start);
  for (int end = first; end <= last && !units_[phase].empty(); ++end) {
    const double here = InWindow(number, first, end);
    most = std::max(most, here + From(phase + 1, end + 1 + model_.phases[phase].soak));
    if (here >= all_[phase] - kEpsilon) break;
  }
  // `known` stays valid: the tables do not grow.
  known = most;
  return most;
}

double PartialBound::MostWeight() { return From(0, 0); }

std::vector<int> PartialBound::LastDays(double weight, const std::vector<int>& last_day) {
  std::vector<int> bounds(units_.size(), -1);
  double before = 0;
  int start = 0;
  for (size_t p = 0; p < units_.size(); ++p) {
    const int number = static_cast<int>(p);
    if (last_day[p] < 0) continue;
    const int fixed_last = fixed_.PhaseSpan(number).second;
    if (fixed_last < 0 && before + From(p + 1, start) >= weight - kEpsilon) return bounds;
    const int first = FirstDay(number, start);
    int day = std::max(first, fixed_last);
    while (day < last_day[p] &&
           before + InWindow(number, first, day) + From(p + 1, day + 1 + model_.phases[p].soak) <
               weight - kEpsilon) {
      ++day;
    }
    bounds[p] = day;
    if (day < last_day[p]) return bounds;
    before += InWindow(number, first, day);
    start = day + 1 + model_.phases[p].soak;
  }
  return bounds;
}

}  // namespace kirikae::planner
