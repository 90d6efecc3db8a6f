#include "service/planner/window_flow.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <tuple>
#include <utility>

#include "service/planner/max_flow.h"

namespace kirikae::planner {
namespace {

constexpr double kEpsilon = 1e-6;

/// Units that the flows can't tell apart: what they demand, and what a part of it is worth.
struct Row {
  const Unit* unit;
  std::vector<char> teams;
  /// The pools that each of its devices is in.
  std::vector<int> pools;
  int64_t amount;
  double worth;
};

/// The flows of one phase and one range of days.
class WindowFlow {
 public:
  WindowFlow(const State& fixed, const std::vector<int>& units, int from, int to, Budget& budget)
      : fixed_(fixed),
        model_(fixed.model()),
        units_(units),
        from_(from),
        to_(to),
        budget_(budget),
        serving_(model_.teams) {
    std::map<std::vector<char>, int> seen;
    for (int t = 0; t < model_.teams; ++t) {
      serving_[t] = seen.emplace(model_.serves[t], static_cast<int>(seen.size())).first->second;
    }
    kinds_ = static_cast<int>(seen.size());
  }

  double Least() {
    devices_ = RowsOf(/*minutes=*/false);
    const std::vector<int> common = CommonPools();
    double least = std::min(ByMinutes(), ByDevices(common, /*own_pools=*/false));
    const bool own = std::any_of(devices_.begin(), devices_.end(),
                                 [&](const Row& row) { return row.pools.size() > common.size(); });
    if (own) least = std::min(least, ByDevices(common, /*own_pools=*/true));
    return least;
  }

 private:
  /// The rows that are worth most come first.
  std::vector<Row> RowsOf(bool minutes) const {
    using Key = std::tuple<double, int, std::vector<char>, std::vector<int>>;
    std::map<Key, Row> rows;
    for (const int u : units_) {
      const Unit& unit = model_.units[u];
      const int64_t each = minutes ? unit.minutes : unit.devices;
      if (each <= 0) continue;
      std::vector<char> teams(model_.teams, 0);
      for (int t = 0; t < model_.teams; ++t) teams[t] = ServedBy(model_, unit, t) ? 1 : 0;
      std::vector<int> pools;
      for (const auto& [pool, count] : unit.pools) {
        if (!minutes && count == unit.devices) pools.push_back(pool);
      }
      const double worth = unit.weight / static_cast<double>(each);
      Key key(-worth, unit.window, teams, pools);
      const auto at = rows.find(key);
      if (at != rows.end()) {
        at->second.amount += each;
      } else {
        rows.emplace(std::move(key), Row{&unit, std::move(teams), std::move(pools), each, worth});
      }
    }
    std::vector<Row> list;
    list.reserve(rows.size());
    for (auto& [key, row] : rows) list.push_back(std::move(row));
    return list;
  }

  /// The pools that every device of every row is in.
  std::vector<int> CommonPools() const {
    std::vector<int> common;
    if (devices_.empty()) return common;
    for (const int pool : devices_.front().pools) {
      if (std::all_of(devices_.begin(), devices_.end(), [&](const Row& row) {
            return std::count(row.pools.begin(), row.pools.end(), pool) > 0;
          })) {
        common.push_back(pool);
      }
    }
    return common;
  }

  /// The number of a day's cells of the teams with the same sites.
  int KindOf(int day, int kind) const { return (day - from_) * kinds_ + kind; }

  int64_t FreeMinutes(int cell) const {
    const int64_t visit = fixed_.Visits(cell) == 0 ? model_.visit_minutes : 0;
    return std::max<int64_t>(0, model_.cell_minutes[cell] - fixed_.UsedMinutes(cell) - visit);
  }

  /// Sends the rows through the network, those worth most first. In such a network that is the most
  /// worth that can be sent.
  template <typename Connect>
  double MostWorth(MaxFlow& flow, const std::vector<Row>& rows, Connect connect) {
    double worth = 0;
    for (size_t k = 0; k < rows.size(); ++k) {
      const int node = flow.AddNode();
      flow.AddArc(kSource, node, rows[k].amount);
      connect(rows[k], node);
      if (k + 1 < rows.size() && rows[k + 1].worth == rows[k].worth) continue;
      worth += rows[k].worth * static_cast<double>(flow.Augment(kSource, kSink));
    }
    budget_.Spend(static_cast<int64_t>(rows.size()) * (to_ - from_ + 1) * kinds_ * 4);
    return worth;
  }

  /// Connects a node with the row's teams on `day`.
  void ToTeams(MaxFlow& flow, const std::vector<int>& nodes, const Row& row, int day,
               int node) const {
    std::vector<char> done(kinds_, 0);
    for (int t = 0; t < model_.teams; ++t) {
      const int kind = serving_[t];
      if (!row.teams[t] || done[kind] || nodes[KindOf(day, kind)] < 0) continue;
      done[kind] = 1;
      flow.AddArc(node, nodes[KindOf(day, kind)], kUnlimited);
    }
  }

  /// A flow of devices; a pool that all are in limits the day. With `own_pools`, a row passes its
  /// first other pool on each day before the teams; what the pool's rows share then forgets which
  /// teams serve which of them, so neither flow is always the smaller.
  double ByDevices(const std::vector<int>& common, bool own_pools) {
    std::vector<std::pair<double, double>> lengths;
    for (const int u : units_) {
      lengths.emplace_back(static_cast<double>(model_.units[u].minutes) /
                               static_cast<double>(model_.units[u].devices),
                           static_cast<double>(model_.units[u].devices));
    }
    std::sort(lengths.begin(), lengths.end());
    MaxFlow flow;
    flow.AddNode();
    flow.AddNode();
    std::vector<int> nodes((to_ - from_ + 1) * kinds_, -1);
    std::map<int64_t, int64_t> most_within;
    for (int day = from_; day <= to_; ++day) {
      std::vector<int64_t> most(kinds_, 0);
      for (int cell = day * model_.cells_per_day(); cell < (day + 1) * model_.cells_per_day();
           ++cell) {
        if (!model_.IsOpen(cell)) continue;
        int64_t here = std::max<int64_t>(0, model_.cell_devices[cell] - fixed_.UsedDevices(cell));
        if (model_.cell_minutes[cell] < kUnlimited / 2) {
          const int64_t free = FreeMinutes(cell);
          const auto [at, is_new] = most_within.try_emplace(free, 0);
          if (is_new) at->second = MostDevices(lengths, free);
          here = std::min(here, at->second);
        }
        int64_t& sum = most[serving_[model_.TeamOf(cell)]];
        sum = std::min(kUnlimited, sum + here);
      }
      const int day_node = flow.AddNode();
      flow.AddArc(day_node, kSink, DayLimit(common, day));
      for (int kind = 0; kind < kinds_; ++kind) {
        if (most[kind] <= 0) continue;
        nodes[KindOf(day, kind)] = flow.AddNode();
        flow.AddArc(nodes[KindOf(day, kind)], day_node, most[kind]);
      }
    }
    std::map<std::pair<int, int>, int> pool_days;
    return MostWorth(flow, devices_, [&](const Row& row, int node) {
      const auto own = std::find_if(row.pools.begin(), row.pools.end(), [&](int pool) {
        return std::count(common.begin(), common.end(), pool) == 0;
      });
      for (int day = from_; day <= to_; ++day) {
        if (!AllowedOnDay(model_, *row.unit, day)) continue;
        if (!own_pools || own == row.pools.end()) {
          ToTeams(flow, nodes, row, day, node);
          continue;
        }
        const auto [at, is_new] = pool_days.try_emplace({*own, day}, 0);
        if (is_new) {
          // Both nodes of the pool's day; the arc between them has its limit.
          at->second = flow.AddNode();
          flow.AddNode();
          flow.AddArc(at->second, at->second + 1,
                      std::max<int64_t>(0, model_.pool_limit[*own] - fixed_.PoolUse(*own, day)));
        }
        flow.AddArc(node, at->second, kUnlimited);
        ToTeams(flow, nodes, row, day, at->second + 1);
      }
    });
  }

  /// The shortest devices first, the last one in part.
  static int64_t MostDevices(const std::vector<std::pair<double, double>>& lengths, int64_t room) {
    double free = static_cast<double>(room), count = 0;
    for (const auto& [length, amount] : lengths) {
      const double part = length <= 0 ? amount : std::min(amount, free / length);
      count += part;
      free -= part * length;
      if (part < amount) break;
    }
    return static_cast<int64_t>(std::floor(count + kEpsilon));
  }

  int64_t DayLimit(const std::vector<int>& common, int day) const {
    int64_t limit = kUnlimited;
    if (model_.ticket_limit > 0 && !model_.tickets.empty() && model_.tickets[0] > 0) {
      const double left = model_.ticket_limit + 1e-9 - model_.carried_tickets[day];
      const double most = std::floor(std::max(0.0, left) / model_.tickets[0]);
      limit = static_cast<int64_t>(std::min(most, 1e12));
    }
    for (const int pool : common) {
      limit = std::min(limit,
                       std::max<int64_t>(0, model_.pool_limit[pool] - fixed_.PoolUse(pool, day)));
    }
    return limit;
  }

  /// A flow of minutes.
  double ByMinutes() {
    double worth = 0;
    for (const int u : units_) worth += model_.units[u].minutes <= 0 ? model_.units[u].weight : 0;
    MaxFlow flow;
    flow.AddNode();
    flow.AddNode();
    std::vector<int> nodes((to_ - from_ + 1) * kinds_, -1);
    for (int day = from_; day <= to_; ++day) {
      std::vector<int64_t> free(kinds_, 0);
      for (int cell = day * model_.cells_per_day(); cell < (day + 1) * model_.cells_per_day();
           ++cell) {
        if (!model_.IsOpen(cell)) continue;
        int64_t& sum = free[serving_[model_.TeamOf(cell)]];
        sum = std::min(kUnlimited, sum + FreeMinutes(cell));
      }
      for (int kind = 0; kind < kinds_; ++kind) {
        if (free[kind] <= 0) continue;
        nodes[KindOf(day, kind)] = flow.AddNode();
        flow.AddArc(nodes[KindOf(day, kind)], kSink, free[kind]);
      }
    }
    return worth + MostWorth(flow, RowsOf(/*minutes=*/true), [&](const Row& row, int node) {
             for (int day = from_; day <= to_; ++day) {
               if (AllowedOnDay(model_, *row.unit, day)) ToTeams(flow, nodes, row, day, node);
             }
           });
  }

  static constexpr int kSource = 0, kSink = 1;

  const State& fixed_;
  const Model& model_;
  const std::vector<int>& units_;
  const int from_, to_;
  Budget& budget_;
  /// By team: the number of its set of sites.
  std::vector<int> serving_;
  int kinds_ = 0;
  std::vector<Row> devices_;
};

}  // namespace

double MostByFlow(const State& fixed, const std::vector<int>& units, int from, int to,
                  Budget& budget) {
  return units.empty() ? 0 : WindowFlow(fixed, units, from, to, budget).Least();
}

}  // namespace kirikae::planner
