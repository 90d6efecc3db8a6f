#include "service/planner/model.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string_view>
#include <tuple>
#include <unordered_map>

namespace kirikae::planner {
namespace {

bool Covers(std::string_view prefix, std::string_view department) {
  while (!prefix.empty() && prefix.back() == '/') prefix.remove_suffix(1);
  if (prefix.empty()) return true;
  if (department.substr(0, prefix.size()) != prefix) return false;
  return department.size() == prefix.size() || department[prefix.size()] == '/';
}

int64_t Changed(std::optional<int64_t> base, std::optional<int64_t> set, int64_t add) {
  if (set.has_value()) base = set;
  if (!base.has_value()) return kUnlimited;
  return std::clamp<int64_t>(*base + add, 0, kUnlimited);
}

bool Matches(const CapacityChange& change, absl::CivilDay day, const std::string& slot) {
  if (change.from.has_value() && day < *change.from) return false;
  if (change.to.has_value() && day > *change.to) return false;
  if (change.weekday.has_value() && absl::GetWeekday(day) != *change.weekday) return false;
  return change.slot.empty() || change.slot == slot;
}

/// Fills a Model from a problem; lives for one BuildModel call.
class Builder {
 public:
  Builder(const PlanProblem& problem, absl::CivilDay last_day)
      : problem_(problem), last_day_(last_day) {}

  Model Build() {
    BuildDays();
    BuildCells();
    BuildSites();
    BuildPhases();
    BuildItemPools();
    BuildWindows();
    BuildUnits();
    BuildClasses();
    model_.visit_minutes = problem_.policy.visit_minutes;
    HoldBack();
    if (problem_.policy.help_desk.daily_limit > 0) {
      model_.ticket_limit = problem_.policy.help_desk.daily_limit;
      model_.tickets = problem_.policy.help_desk.tickets_per_device;
      model_.carried_tickets = problem_.policy.help_desk.carried;
      model_.carried_tickets.resize(model_.days.size(), 0);
    }
    return std::move(model_);
  }

 private:
  void BuildDays() {
    model_.days = OpenDays(problem_.calendar);
    if (!model_.days.empty()) model_.last_open_day = model_.days.back();
    while (!model_.days.empty() && model_.days.back() > last_day_) model_.days.pop_back();
    model_.slot_names = problem_.calendar.slots;
    if (model_.slot_names.empty()) model_.slot_names.push_back("day");
    model_.slots = static_cast<int>(model_.slot_names.size());
    model_.teams = static_cast<int>(problem_.teams.size());
    for (const Team& team : problem_.teams) model_.team_names.push_back(team.id);
  }

  void BuildCells() {
    model_.cell_minutes.resize(model_.cell_count());
    model_.cell_devices.resize(model_.cell_count());
    for (int cell = 0; cell < model_.cell_count(); ++cell) {
      const Team& team = problem_.teams[model_.TeamOf(cell)];
      std::optional<int64_t> set_minutes, set_devices;
      int64_t add_minutes = 0, add_devices = 0;
      for (const CapacityChange& change : team.changes) {
        if (!Matches(change, model_.days[model_.DayOf(cell)],
                     model_.slot_names[model_.SlotOf(cell)])) {
          continue;
        }
        if (change.set_minutes.has_value()) set_minutes = change.set_minutes;
        if (change.set_devices.has_value()) set_devices = change.set_devices;
        add_minutes += change.add_minutes;
        add_devices += change.add_devices;
      }
      model_.cell_minutes[cell] = Changed(team.minutes_per_slot, set_minutes, add_minutes);
      model_.cell_devices[cell] = Changed(team.devices_per_slot, set_devices, add_devices);
    }
  }

  void BuildSites() {
    site_of_item_.reserve(problem_.items.size());
    for (const Item& item : problem_.items) {
      const auto [it, fresh] = sites_.emplace(item.site, static_cast<int>(sites_.size()));
      if (fresh) model_.site_names.push_back(item.site);
      site_of_item_.push_back(it->second);
    }
    model_.serves.assign(model_.teams, std::vector<char>(sites_.size(), 0));
    for (int t = 0; t < model_.teams; ++t) {
      const std::vector<std::string>& served = problem_.teams[t].sites;
      if (served.empty()) std::fill(model_.serves[t].begin(), model_.serves[t].end(), 1);
      for (const std::string& site : served) {
        if (const auto it = sites_.find(site); it != sites_.end()) model_.serves[t][it->second] = 1;
      }
    }
  }

  int LastOnOrBefore(absl::CivilDay day) const {
    return static_cast<int>(std::upper_bound(model_.days.begin(), model_.days.end(), day) -
                            model_.days.begin()) -
           1;
  }

  void BuildPhases() {
    for (const Phase& phase : problem_.phases) {
      PhaseRow row;
      row.not_before = phase.not_before.has_value() ? model_.FirstOnOrAfter(*phase.not_before) : 0;
      row.deadline =
          phase.deadline.has_value() ? LastOnOrBefore(*phase.deadline) : model_.day_count() - 1;
      row.soak = static_cast<int>(phase.soak_days);
      phase_index_.emplace(phase.id, static_cast<int>(model_.phases.size()));
      model_.phases.push_back(row);
    }
    // What is fixed already stands closer together.
    size_t begin = 0;
    for (const Item& item : problem_.items) {
      if (item.fixed.has_value()) begin = std::max<size_t>(begin, phase_index_.at(item.phase));
    }
    for (size_t p = begin; p < model_.phases.size(); ++p) {
      model_.phases[p].soak += static_cast<int>(problem_.policy.reserve.days);
    }
  }

  void BuildItemPools() {
    std::unordered_map<std::string, const Pool*> rows;
    for (const Pool& pool : problem_.pools) rows.emplace(pool.id, &pool);
    std::unordered_map<std::string, int> index;
    std::vector<std::string> names;
    std::vector<int64_t> sizes;
    std::vector<char> is_department;
    item_pools_.resize(problem_.items.size());
    const auto join = [&](size_t item, const std::string& name, bool department) {
      const auto [it, fresh] = index.emplace(name, static_cast<int>(names.size()));
      if (fresh) {
        names.push_back(name);
        sizes.push_back(0);
        is_department.push_back(0);
      }
      if (department) is_department[it->second] = 1;
      std::vector<int>& joined = item_pools_[item];
      if (std::find(joined.begin(), joined.end(), it->second) != joined.end()) return;
      joined.push_back(it->second);
      ++sizes[it->second];
    };
    for (size_t i = 0; i < problem_.items.size(); ++i) {
      const Item& item = problem_.items[i];
      if (!item.department.empty()) join(i, item.department, true);
      for (const std::string& pool : item.pools) join(i, pool, false);
    }
    std::vector<int> kept(names.size(), -1);
    for (size_t p = 0; p < names.size(); ++p) {
      const auto row = rows.find(names[p]);
      const int64_t limit =
          PoolLimit(row == rows.end() ? nullptr : row->second, sizes[p], is_department[p] != 0);
      if (limit >= sizes[p]) continue;
      kept[p] = static_cast<int>(model_.pool_names.size());
      model_.pool_names.push_back(names[p]);
      model_.pool_limit.push_back(limit);
    }
    for (std::vector<int>& joined : item_pools_) {
      for (int& pool : joined) pool = kept[pool];
      std::erase(joined, -1);
    }
  }

  int64_t PoolLimit(const Pool* row, int64_t members, bool department) const {
    std::optional<double> share;
    int64_t limit = kUnlimited;
    if (row != nullptr) {
      share = row->daily_share;
      if (row->daily_limit != 0) limit = row->daily_limit;
    }
    if (department && !share.has_value()) share = problem_.policy.department_daily_share;
    if (share.has_value()) {
      const int64_t size = row != nullptr && row->size.has_value() ? *row->size : members;
      const double portion = std::floor(*share * static_cast<double>(size) + 1e-9);
      limit = std::min(limit, std::max<int64_t>(1, static_cast<int64_t>(portion)));
    }
    return limit;
  }

  Window WindowOf(const Item& item) const {
    Window window{0, model_.day_count() - 1, {}};
    if (item.not_before.has_value()) window.first = model_.FirstOnOrAfter(*item.not_before);
    if (item.not_after.has_value()) window.last = LastOnOrBefore(*item.not_after);
    for (const Blackout& blackout : problem_.blackouts) {
      if (!Covers(blackout.department, item.department)) continue;
      if (!blackout.site.empty() && blackout.site != item.site) continue;
      if (!blackout.phase.empty() && blackout.phase != item.phase) continue;
      const int from = blackout.from.has_value() ? model_.FirstOnOrAfter(*blackout.from) : 0;
      const int to =
          blackout.to.has_value() ? LastOnOrBefore(*blackout.to) : model_.day_count() - 1;
      if (from <= to) window.blocked.emplace_back(from, to);
    }
    Normalise(window);
    return window;
  }

  static void Normalise(Window& window) {
    std::sort(window.blocked.begin(), window.blocked.end());
    std::vector<std::pair<int, int>> merged;
    for (const auto& [from, to] : window.blocked) {
      if (!merged.empty() && from <= merged.back().second + 1) {
        merged.back().second = std::max(merged.back().second, to);
      } else {
        merged.emplace_back(from, to);
      }
    }
    window.blocked = std::move(merged);
  }

  int Intern(const Window& window) {
    const auto [it, fresh] = windows_.emplace(window, static_cast<int>(model_.windows.size()));
    if (!fresh) return it->second;
    std::vector<int> upto(model_.day_count() + 1, 0);
    size_t next = 0;
    for (int d = 0; d < model_.day_count(); ++d) {
      while (next < window.blocked.size() && window.blocked[next].second < d) ++next;
      const bool blocked = next < window.blocked.size() && window.blocked[next].first <= d;
      upto[d + 1] = upto[d] + (d >= window.first && d <= window.last && !blocked ? 1 : 0);
    }
    model_.windows.push_back(window);
    model_.allowed_upto.push_back(std::move(upto));
    return it->second;
  }

  void BuildWindows() {
    using Key = std::tuple<std::string, std::string, std::string, std::optional<absl::CivilDay>,
                           std::optional<absl::CivilDay>>;
    std::map<Key, int> seen;
    for (const Item& item : problem_.items) {
      Key key(item.department, item.site, item.phase, item.not_before, item.not_after);
      auto it = seen.find(key);
      if (it == seen.end()) it = seen.emplace(std::move(key), Intern(WindowOf(item))).first;
      item_window_.push_back(it->second);
    }
  }

  void Add(Unit& unit, int i) {
    const Item& item = problem_.items[i];
    const int phase = phase_index_.at(item.phase);
    if (unit.items.empty()) {
      unit.phase = phase;
      unit.window = item_window_[i];
    } else {
      unit.split_over_phases |= unit.phase != phase;
      if (unit.window != item_window_[i]) {
        Window both = model_.windows[unit.window];
        const Window& other = model_.windows[item_window_[i]];
        both.first = std::max(both.first, other.first);
        both.last = std::min(both.last, other.last);
        both.blocked.insert(both.blocked.end(), other.blocked.begin(), other.blocked.end());
        Normalise(both);
        unit.window = Intern(both);
      }
    }
    unit.items.push_back(i);
    unit.minutes += item.minutes;
    unit.devices += 1;
    unit.weight += item.weight;
    const int site = site_of_item_[i];
    const auto place = std::lower_bound(unit.sites.begin(), unit.sites.end(), site);
    if (place == unit.sites.end() || *place != site) unit.sites.insert(place, site);
    for (int pool : item_pools_[i]) {
      const auto at = std::find_if(unit.pools.begin(), unit.pools.end(),
                                   [&](const auto& entry) { return entry.first == pool; });
      if (at == unit.pools.end()) {
        unit.pools.emplace_back(pool, 1);
      } else {
        ++at->second;
      }
    }
    std::sort(unit.pools.begin(), unit.pools.end());
  }

  void BuildUnits() {
    std::unordered_map<std::string, int> group_unit;
    std::unordered_map<std::string, int> group_cell;
    model_.unit_of_item.assign(problem_.items.size(), -1);
    for (size_t i = 0; i < problem_.items.size(); ++i) {
      const Item& item = problem_.items[i];
      if (!item.fixed.has_value()) continue;
      Unit unit;
      Add(unit, static_cast<int>(i));
      unit.fixed_cell = model_.CellOf(*item.fixed);
      if (!item.group.empty()) group_cell.emplace(item.group, unit.fixed_cell);
      model_.unit_of_item[i] = static_cast<int>(model_.units.size());
      model_.units.push_back(std::move(unit));
    }
    for (size_t i = 0; i < problem_.items.size(); ++i) {
      const Item& item = problem_.items[i];
      if (item.fixed.has_value()) continue;
      int unit = static_cast<int>(model_.units.size());
      if (!item.group.empty()) unit = group_unit.emplace(item.group, unit).first->second;
      if (unit == static_cast<int>(model_.units.size())) model_.units.emplace_back();
      Add(model_.units[unit], static_cast<int>(i));
      model_.unit_of_item[i] = unit;
      if (const auto at = group_cell.find(item.group); at != group_cell.end()) {
        model_.units[unit].forced_cell = at->second;
      }
    }
  }

  void BuildClasses() {
    using Key = std::tuple<int, int64_t, int64_t, std::vector<int>,
                           std::vector<std::pair<int, int64_t>>, int, double, int, bool>;
    std::map<Key, int> seen;
    for (size_t u = 0; u < model_.units.size(); ++u) {
      Unit& unit = model_.units[u];
      if (unit.fixed_cell >= 0) continue;
      Key key(unit.phase, unit.minutes, unit.devices, unit.sites, unit.pools, unit.window,
              unit.weight, unit.forced_cell, unit.split_over_phases);
      const auto [it, fresh] =
          seen.emplace(std::move(key), static_cast<int>(model_.classes.size()));
      if (fresh) model_.classes.emplace_back();
      unit.class_id = it->second;
      model_.classes[it->second].units.push_back(static_cast<int>(u));
    }
  }

  /// Takes the policy's reserve off the capacity of every cell.
  void HoldBack() {
    const double share = problem_.policy.reserve.share;
    if (share <= 0) return;
    std::map<int, Unit> fixed;  // by cell: the sums of its fixed units
    for (const Unit& unit : model_.units) {
      if (unit.fixed_cell < 0) continue;
      Unit& sum = fixed[unit.fixed_cell];
      sum.minutes += unit.minutes;
      sum.devices += unit.devices;
      for (int site : unit.sites) {
        if (std::count(sum.sites.begin(), sum.sites.end(), site) > 0) continue;
        sum.sites.push_back(site);
        sum.minutes += problem_.policy.visit_minutes;
      }
    }
    const auto kept = [&](int64_t limit, int64_t used, int64_t least) {
      if (limit >= kUnlimited) return limit;
      const double rest = std::floor(static_cast<double>(limit) * (1 - share) + 1e-9);
      return std::min(limit, std::max({static_cast<int64_t>(rest), used, least}));
    };
    for (int cell = 0; cell < model_.cell_count(); ++cell) {
      const auto at = fixed.find(cell);
      const int64_t minutes = at == fixed.end() ? 0 : at->second.minutes;
      const int64_t devices = at == fixed.end() ? 0 : at->second.devices;
      model_.cell_minutes[cell] = kept(model_.cell_minutes[cell], minutes, 0);
      model_.cell_devices[cell] = kept(model_.cell_devices[cell], devices, 1);
    }
  }

  const PlanProblem& problem_;
  const absl::CivilDay last_day_;
  Model model_;
  std::unordered_map<std::string, int> sites_;
  std::unordered_map<std::string, int> phase_index_;
  std::vector<int> site_of_item_;
  std::vector<std::vector<int>> item_pools_;
  std::vector<int> item_window_;
  std::map<Window, int> windows_;
};

}  // namespace

std::vector<absl::CivilDay> OpenDays(const Calendar& calendar) {
  const std::set<absl::CivilDay> opened(calendar.open_days.begin(), calendar.open_days.end());
  const std::set<absl::CivilDay> closed(calendar.closed_days.begin(), calendar.closed_days.end());
  std::vector<absl::CivilDay> days;
  for (absl::CivilDay day = calendar.first_day; day <= calendar.last_day; ++day) {
    const absl::Weekday weekday = absl::GetWeekday(day);
    const bool weekly = std::find(calendar.weekly_open.begin(), calendar.weekly_open.end(),
                                  weekday) != calendar.weekly_open.end();
    if ((weekly || opened.count(day) > 0) && closed.count(day) == 0) days.push_back(day);
  }
  return days;
}

int Model::FirstOnOrAfter(absl::CivilDay day) const {
  return static_cast<int>(std::lower_bound(days.begin(), days.end(), day) - days.begin());
}

int Model::CellOf(const Position& position) const {
  const int day = FirstOnOrAfter(position.day);
  if (day == day_count() || days[day] != position.day) return -1;
  const auto slot = std::find(slot_names.begin(), slot_names.end(), position.slot);
  const auto team = std::find(team_names.begin(), team_names.end(), position.team);
  if (slot == slot_names.end() || team == team_names.end()) return -1;
  return (day * slots + static_cast<int>(slot - slot_names.begin())) * teams +
         static_cast<int>(team - team_names.begin());
}

Model BuildModel(const PlanProblem& problem) {
  return BuildModel(problem, problem.calendar.last_day);
}

Model BuildModel(const PlanProblem& problem, absl::CivilDay last_day) {
  return Builder(problem, last_day).Build();
}

}  // namespace kirikae::planner
