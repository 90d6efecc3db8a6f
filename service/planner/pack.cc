#include "service/planner/pack.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

namespace kirikae::planner {
namespace {

/// A class being packed. Units are taken from the back of `units`.
struct Entry {
  const Unit* unit = nullptr;
  std::vector<int> units;
  int last = 0;
  int serving = 0;
  int mask = -1;
  int slack = 0;
  uint64_t tie = 0;
  bool allowed = false;
};

uint64_t Mix(uint64_t x) {
  x += 0x9e3779b97f4a7c15u;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

class Packer {
 public:
  Packer(State& state, const std::vector<int>& units, int from, int to, const PackOptions& options,
         Budget& budget)
      : state_(state),
        model_(state.model()),
        from_(from),
        to_(std::min(to, model_.day_count() - 1)),
        options_(options),
        budget_(budget),
        pool_left_(model_.pool_limit.size(), 0) {
    BuildEntries(units);
    OrderTeams();
  }

  std::vector<int> Run() {
    for (int day = std::max(0, from_); day <= to_ && remaining_ > 0; ++day) {
      Rank(day);
      for (int slot = 0; slot < model_.slots && !order_.empty(); ++slot) {
        for (int team : team_order_) {
          const int cell = (day * model_.slots + slot) * model_.teams + team;
          if (model_.IsOpen(cell)) Fill(cell, day);
        }
      }
    }
    std::vector<int> left;
    for (const Entry& entry : entries_) {
      left.insert(left.end(), entry.units.begin(), entry.units.end());
    }
    std::sort(left.begin(), left.end());
    return left;
  }

 private:
  void BuildEntries(const std::vector<int>& units) {
    std::map<int, std::vector<int>> by_class;
    for (int u : units) {
      if (state_.CellOf(u) < 0) by_class[model_.units[u].class_id].push_back(u);
    }
    std::map<std::vector<char>, int> masks;
    for (auto& [class_id, members] : by_class) {
      Entry entry;
      entry.unit = &model_.units[members.front()];
      remaining_ += static_cast<int64_t>(members.size());
      for (const auto& [pool, count] : entry.unit->pools) {
        pool_left_[pool] += count * static_cast<int64_t>(members.size());
      }
      std::vector<char> teams(model_.teams, 0);
      for (int t = 0; t < model_.teams; ++t) teams[t] = ServedBy(model_, *entry.unit, t) ? 1 : 0;
      entry.serving = static_cast<int>(std::count(teams.begin(), teams.end(), 1));
      if (entry.serving < model_.teams) {
        entry.mask = masks.emplace(teams, static_cast<int>(masks.size())).first->second;
        if (entry.mask == static_cast<int>(mask_left_.size())) AddMask(teams);
        mask_left_[entry.mask] += entry.unit->minutes * static_cast<int64_t>(members.size());
      }
      entry.last = std::min(model_.windows[entry.unit->window].last,
                            model_.phases[entry.unit->phase].deadline);
      entry.tie = options_.noise == 0 ? 0 : Mix(options_.noise + static_cast<uint64_t>(class_id));
      entry.units.assign(members.rbegin(), members.rend());
      entries_.push_back(std::move(entry));
    }
  }

  void AddMask(const std::vector<char>& teams) {
    mask_left_.push_back(0);
    std::vector<int64_t> upto(model_.day_count() + 1, 0);
    for (int cell = 0; cell < model_.cell_count(); ++cell) {
      if (!teams[model_.TeamOf(cell)] || !model_.IsOpen(cell)) continue;
      int64_t& sum = upto[model_.DayOf(cell) + 1];
      sum = std::min(kUnlimited,
                     sum + std::max<int64_t>(0, model_.cell_minutes[cell] - model_.visit_minutes));
    }
    for (int d = 0; d < model_.day_count(); ++d) {
      upto[d + 1] = std::min(kUnlimited, upto[d] + upto[d + 1]);
    }
    mask_upto_.push_back(std::move(upto));
  }

  void OrderTeams() {
    team_order_.resize(model_.teams);
    std::iota(team_order_.begin(), team_order_.end(), 0);
    std::vector<int64_t> served(model_.teams, 0);
    for (int t = 0; t < model_.teams; ++t) {
      served[t] = std::count(model_.serves[t].begin(), model_.serves[t].end(), 1);
    }
    std::stable_sort(team_order_.begin(), team_order_.end(),
                     [&](int a, int b) { return served[a] < served[b]; });
  }

  /// The number of days the entry can wait before it needs every day that it is allowed.
  int Slack(const Entry& entry, int day) const {
    int last = std::min({entry.last, std::max(options_.target, day), to_});
    const int days = model_.AllowedDays(entry.unit->window, day, last);
    int slack = days - 1;
    if (entry.last > options_.target && day > options_.target) slack = 0;
    for (const auto& [pool, count] : entry.unit->pools) {
      const int64_t limit = model_.pool_limit[pool];
      const int64_t need = limit == 0 ? 0 : (pool_left_[pool] + limit - 1) / limit;
      slack = std::min<int64_t>(slack, days - need);
    }
    if (entry.mask >= 0) {
      const std::vector<int64_t>& upto = mask_upto_[entry.mask];
      const int64_t capacity = upto[last + 1] - upto[day];
      const int64_t a_day = std::max<int64_t>(1, capacity / std::max(1, last - day + 1));
      slack =
          static_cast<int>(std::min<int64_t>(slack, (capacity - mask_left_[entry.mask]) / a_day));
    }
    return slack;
  }

  void Rank(int day) {
    order_.clear();
    for (size_t e = 0; e < entries_.size(); ++e) {
      Entry& entry = entries_[e];
      if (entry.units.empty() || !AllowedOnDay(model_, *entry.unit, day)) continue;
      entry.slack = options_.by_slack ? Slack(entry, day) : 0;
      if (options_.noise != 0) entry.slack += static_cast<int>(entry.tie % 3);
      order_.push_back(static_cast<int>(e));
    }
    budget_.Spend(static_cast<int64_t>(order_.size()));
    std::sort(order_.begin(), order_.end(), [&](int a, int b) {
      const Entry& x = entries_[a];
      const Entry& y = entries_[b];
      if (options_.dense_first) {
        const double x_worth = x.unit->weight * static_cast<double>(y.unit->minutes);
        const double y_worth = y.unit->weight * static_cast<double>(x.unit->minutes);
        if (x_worth != y_worth) return x_worth > y_worth;
      }
      if (x.slack != y.slack) return x.slack < y.slack;
      if (x.serving != y.serving) return x.serving < y.serving;
      if (x.unit->minutes != y.unit->minutes) return x.unit->minutes > y.unit->minutes;
      const double x_density = x.unit->weight;
      const double y_density = y.unit->weight;
      if (x_density != y_density) return x_density > y_density;
      if (x.tie != y.tie) return x.tie < y.tie;
      return a < b;
    });
  }

  bool Take(Entry& entry, int cell) {
    if (entry.units.empty() || !state_.Fits(entry.units.back(), cell)) return false;
    state_.Place(entry.units.back(), cell);
    entry.units.pop_back();
    --remaining_;
    for (const auto& [pool, count] : entry.unit->pools) pool_left_[pool] -= count;
    if (entry.mask >= 0) mask_left_[entry.mask] -= entry.unit->minutes;
    return true;
  }

  bool CausesVisit(const Entry& entry, int cell) const {
    return std::any_of(entry.unit->sites.begin(), entry.unit->sites.end(),
                       [&](int site) { return !state_.Visited(cell, site); });
  }

  void Fill(int cell, int day) {
    std::erase_if(order_, [&](int e) { return entries_[e].units.empty(); });
    const int team = model_.TeamOf(cell);
    bool placed = true;
    size_t begin = 0;
    while (placed) {
      placed = false;
      for (; begin < order_.size(); ++begin) {
        Entry& entry = entries_[order_[begin]];
        budget_.Spend();
        // A unit that does not fit into this cell now never fits later, because free capacity only
        // shrinks. One exception: a unit gets cheaper when its site is visited. FillVisited covers
        // that.
        if (!Take(entry, cell)) continue;
        placed = true;
        FillVisited(cell, day, team);
        break;
      }
    }
  }

  /// Fills the cell's free capacity with units of the sites that it already visits.
  void FillVisited(int cell, int day, int team) {
    const int64_t room = model_.cell_minutes[cell] - state_.UsedMinutes(cell);
    const int64_t devices = model_.cell_devices[cell] - state_.UsedDevices(cell);
    if (devices <= 0) return;
    candidates_.clear();
    for (int e : order_) {
      Entry& entry = entries_[e];
      if (entry.units.empty() || entry.unit->minutes > room || entry.unit->devices > devices) {
        continue;
      }
      if (!model_.serves[team][entry.unit->sites.front()] || CausesVisit(entry, cell)) continue;
      if (!state_.RoomInPools(*entry.unit, day)) continue;
      candidates_.push_back(e);
    }
    budget_.Spend(static_cast<int64_t>(order_.size() / 4 + candidates_.size()));
    if (options_.urgent_first) {
      for (int e : candidates_) {
        while (entries_[e].slack <= 0 && Take(entries_[e], cell)) {
        }
      }
    }
    if (options_.best_fill && model_.cell_minutes[cell] < kUnlimited / 2) {
      for (int round = 0; round < 4 && BestFill(cell); ++round) {
      }
    }
    for (int e : candidates_) {
      while (Take(entries_[e], cell)) {
      }
    }
  }

  /// Chooses the combination of sizes, larger ones first, that leaves the fewest minutes free, and
  /// places units of these sizes by urgency.
  bool BestFill(int cell) {
    const int64_t room = model_.cell_minutes[cell] - state_.UsedMinutes(cell);
    if (room <= 0) return false;
    sizes_.clear();
    for (int e : candidates_) {
      const Entry& entry = entries_[e];
      if (entry.units.empty() || entry.unit->minutes > room || entry.unit->minutes <= 0) continue;
      sizes_[entry.unit->minutes] += PoolBounded(entry, model_.DayOf(cell));
    }
    if (sizes_.empty()) return false;
    list_.assign(sizes_.rbegin(), sizes_.rend());
    counts_.assign(list_.size(), 0);
    best_counts_ = counts_;
    best_room_ = room;
    nodes_ = options_.fill_nodes;
    suffix_.assign(list_.size() + 1, 0);
    for (size_t i = list_.size(); i-- > 0;) {
      suffix_[i] = suffix_[i + 1] + list_[i].first * list_[i].second;
    }
    Search(0, room, model_.cell_devices[cell] - state_.UsedDevices(cell));
    budget_.Spend((options_.fill_nodes - nodes_) / 4 + 1);
    bool any = false;
    for (size_t i = 0; i < list_.size(); ++i) {
      for (int e : candidates_) {
        while (best_counts_[i] > 0 && entries_[e].unit->minutes == list_[i].first &&
               Take(entries_[e], cell)) {
          --best_counts_[i];
          any = true;
        }
      }
    }
    return any;
  }

  int64_t PoolBounded(const Entry& entry, int day) const {
    int64_t count = static_cast<int64_t>(entry.units.size());
    for (const auto& [pool, each] : entry.unit->pools) {
      count = std::min(count, (model_.pool_limit[pool] - state_.PoolUse(pool, day)) / each);
    }
    return count;
  }

  void Search(size_t i, int64_t room, int64_t devices) {
    if (room < best_room_) {
      best_room_ = room;
      best_counts_ = counts_;
    }
    if (i == list_.size() || best_room_ == 0 || devices == 0 || --nodes_ <= 0) return;
    if (room - suffix_[i] >= best_room_) return;
    const auto [size, available] = list_[i];
    for (int64_t count = std::min({available, room / size, devices}); count >= 0; --count) {
      counts_[i] = count;
      Search(i + 1, room - count * size, devices - count);
      if (best_room_ == 0 || nodes_ <= 0) break;
    }
    counts_[i] = 0;
  }

  State& state_;
  const Model& model_;
  const int from_;
  const int to_;
  const PackOptions options_;
  Budget& budget_;
  std::vector<Entry> entries_;
  int64_t remaining_ = 0;
  std::vector<int64_t> pool_left_;
  std::vector<int64_t> mask_left_;
  std::vector<std::vector<int64_t>> mask_upto_;
  std::vector<int> team_order_;
  std::vector<int> order_;
  std::vector<int> candidates_;
  std::map<int64_t, int64_t> sizes_;
  std::vector<std::pair<int64_t, int64_t>> list_;
  std::vector<int64_t> counts_;
  std::vector<int64_t> best_counts_;
  std::vector<int64_t> suffix_;
  int64_t best_room_ = 0;
  int64_t nodes_ = 0;
};

/// Moves single units to make place for units left out.
class Repairer {
 public:
  Repairer(State& state, int from, int to, Budget& budget)
      : state_(state), model_(state.model()), budget_(budget) {
    first_ = std::max(from, 0) * model_.cells_per_day();
    end_ = (std::min(to, model_.day_count() - 1) + 1) * model_.cells_per_day();
  }

  /// Places `unit`, where necessary by moving up to two other units, or with `replace_lighter` in
  /// place of a lighter one. Adds that one to `out` when it finds no other cell.
  bool Fix(int unit, bool replace_lighter, std::vector<int>& out) {
    // As long as nothing has moved, a unit like one that found no place finds none either.
    const int class_id = model_.units[unit].class_id;
    if (placeless_.count(class_id) > 0) return false;
    if (Insert(unit, 1) || (replace_lighter && Replace(unit, out))) {
      placeless_.clear();
      return true;
    }
    placeless_.insert(class_id);
    return false;
  }

 private:
  bool Direct(int unit, int except) {
    const Unit& row = model_.units[unit];
    for (int cell = first_; cell < end_; ++cell) {
      if (!budget_.Spend()) return false;
      if (state_.UsedMinutes(cell) + row.minutes > model_.cell_minutes[cell]) continue;
      if (cell != except && state_.Fits(unit, cell)) {
        state_.Place(unit, cell);
        return true;
      }
    }
    return false;
  }

  /// Whether `unit` may fit into `cell` without `victim`, as far as a short look tells.
  bool MayTakePlace(const Unit& unit, const Unit& victim, int cell) const {
    const int64_t visits = model_.visit_minutes * static_cast<int64_t>(victim.sites.size());
    const int64_t minutes = state_.UsedMinutes(cell) - victim.minutes - visits + unit.minutes;
    const int64_t devices = state_.UsedDevices(cell) - victim.devices + unit.devices;
    if (minutes > model_.cell_minutes[cell] || devices > model_.cell_devices[cell]) return false;
    return std::all_of(unit.pools.begin(), unit.pools.end(), [&](const auto& row) {
      const int pool = row.first;
      const int64_t limit = model_.pool_limit[pool];
      return state_.PoolUse(pool, model_.DayOf(cell)) + row.second <= limit ||
             std::any_of(victim.pools.begin(), victim.pools.end(),
                         [&](const auto& other) { return other.first == pool; });
    });
  }

  /// Places `unit`, where necessary by moving one other unit, and that one by moving another, up to
  /// `depth` further ones.
  bool Insert(int unit, int depth) {
    if (Direct(unit, -1)) return true;
    const Unit& row = model_.units[unit];
    std::vector<int>& there = there_[depth];
    for (int cell = first_; cell < end_; ++cell) {
      if (!model_.IsOpen(cell) || !AllowedOnDay(model_, row, model_.DayOf(cell)) ||
          !ServedBy(model_, row, model_.TeamOf(cell))) {
        continue;
      }
      there = state_.UnitsIn(cell);
      int previous_class = -1;
      for (size_t k = 0; k < there.size(); ++k) {
        const int other = there[k];
        const Unit& victim = model_.units[other];
        if (victim.fixed_cell >= 0 || victim.class_id == previous_class) continue;
        if (victim.class_id == row.class_id) continue;
        previous_class = victim.class_id;
        if (!budget_.Spend()) return false;
        if (!MayTakePlace(row, victim, cell)) continue;
        budget_.Spend(kMoveSteps);
        state_.Remove(other);
        if (state_.Fits(unit, cell)) {
          state_.Place(unit, cell);
          if (Direct(other, cell) || (depth > 0 && Insert(other, depth - 1))) return true;
          state_.Remove(unit);
        }
        state_.Place(other, cell);
      }
    }
    return false;
  }

  bool Replace(int unit, std::vector<int>& out) {
    const double weight = model_.units[unit].weight;
    for (int cell = first_; cell < end_; ++cell) {
      there_[0] = state_.UnitsIn(cell);
      for (const int other : there_[0]) {
        const Unit& victim = model_.units[other];
        if (victim.fixed_cell >= 0 || victim.phase != model_.units[unit].phase) continue;
        if (victim.weight >= weight) continue;
        if (!budget_.Spend()) return false;
        state_.Remove(other);
        if (state_.Fits(unit, cell)) {
          state_.Place(unit, cell);
          if (!Direct(other, cell)) out.push_back(other);
          return true;
        }
        state_.Place(other, cell);
      }
    }
    return false;
  }

  /// What moving a unit out and back costs, in looks at a cell.
  static constexpr int64_t kMoveSteps = 8;

  State& state_;
  const Model& model_;
  Budget& budget_;
  int first_ = 0;
  int end_ = 0;
  /// The classes that found no place since the last move.
  std::set<int> placeless_;
  /// By depth: the units of the cell that Insert() looks at.
  std::vector<int> there_[2];
};

}  // namespace

std::vector<int> Pack(State& state, const std::vector<int>& units, int from, int to,
                      const PackOptions& options, Budget& budget) {
  return Packer(state, units, from, to, options, budget).Run();
}

std::vector<int> Repair(State& state, std::vector<int> left, int from, int to, bool replace_lighter,
                        Budget& budget) {
  const Model& model = state.model();
  Repairer repairer(state, from, to, budget);
  std::stable_sort(left.begin(), left.end(), [&](int a, int b) {
    return model.units[a].weight != model.units[b].weight
               ? model.units[a].weight > model.units[b].weight
               : model.units[a].minutes > model.units[b].minutes;
  });
  std::vector<int> still;
  for (size_t i = 0; i < left.size(); ++i) {
    if (budget.Exhausted()) {
      still.push_back(left[i]);
      continue;
    }
    if (!repairer.Fix(left[i], replace_lighter, left)) still.push_back(left[i]);
  }
  std::sort(still.begin(), still.end());
  return still;
}

}  // namespace kirikae::planner
