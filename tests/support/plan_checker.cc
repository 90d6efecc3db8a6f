#include "tests/support/plan_checker.h"

#include <cmath>
#include <map>
#include <set>
#include <tuple>

namespace kirikae::planner {
namespace {

std::string Text(absl::CivilDay day) { return absl::FormatCivilTime(day); }

/// (day number, slot, team) as a sortable key.
using Cell = std::tuple<int, std::string, std::string>;

struct Placed {
  const Item* item;
  int day;
  Cell cell;
};

class PlanJudge {
 public:
  PlanJudge(const PlanProblem& problem, const PlanSolution& solution)
      : problem_(problem), solution_(solution), days_(CalendarDays(problem.calendar)) {
    for (const Item& item : problem.items) items_[item.id] = &item;
    for (const Team& team : problem.teams) teams_[team.id] = &team;
  }

  std::vector<std::string> Run() {
    ReadPlacements();
    Capacity();
    PoolLimits();
    Groups();
    Windows();
    PhaseOrder();
    HelpDeskLoad();
    FixedItems();
    Account();
    return out_;
  }

 private:
  void Say(const std::string& rule, const std::string& what) { out_.push_back(rule + ": " + what); }

  int DayNumber(absl::CivilDay day) const {
    for (size_t d = 0; d < days_.size(); ++d) {
      if (days_[d] == day) return static_cast<int>(d);
    }
    return -1;
  }

  void ReadPlacements() {
    std::vector<std::string> slots = problem_.calendar.slots;
    if (slots.empty()) slots = {"day"};
    std::set<std::string> seen;
    for (const Placement& p : solution_.placements) {
      const auto item = items_.find(p.item);
      if (item == items_.end()) {
        Say("Account", "unknown item " + p.item);
        continue;
      }
      if (!seen.insert(p.item).second) Say("Account", p.item + " placed twice");
      const int day = DayNumber(p.day);
      if (day < 0) {
        Say("OpenDay", p.item + " on " + Text(p.day) + ", which is not open");
        continue;
      }
      bool known_slot = false;
      for (const std::string& slot : slots) known_slot |= slot == p.slot;
      if (!known_slot) Say("OpenDay", p.item + " in unknown slot " + p.slot);
      if (teams_.count(p.team) == 0) {
        Say("Capacity", p.item + " with unknown team " + p.team);
        continue;
      }
      placed_.push_back({item->second, day, Cell(day, p.slot, p.team)});
    }
  }

  struct Limit {
    bool bound = false;
    int64_t value = 0;
  };

  Limit LimitOf(const Team& team, const Cell& cell, bool minutes) const {
    Limit limit;
    const std::optional<int64_t>& own = minutes ? team.minutes_per_slot : team.devices_per_slot;
    if (own.has_value()) limit = {true, *own};
    int64_t added = 0;
    const absl::CivilDay day = days_[std::get<0>(cell)];
    for (const CapacityChange& change : team.changes) {
      const bool match =
          (!change.from.has_value() || *change.from <= day) &&
          (!change.to.has_value() || day <= *change.to) &&
          (!change.weekday.has_value() || *change.weekday == absl::GetWeekday(day)) &&
          (change.slot.empty() || change.slot == std::get<1>(cell));
      if (!match) continue;
      const std::optional<int64_t>& set = minutes ? change.set_minutes : change.set_devices;
      if (set.has_value()) limit = {true, *set};
      added += minutes ? change.add_minutes : change.add_devices;
    }
    if (limit.bound) limit.value = limit.value + added < 0 ? 0 : limit.value + added;
    return limit;
  }

  void Capacity() {
    std::map<Cell, std::vector<const Item*>> in_cell;
    for (const Placed& p : placed_) in_cell[p.cell].push_back(p.item);
    for (const auto& [cell, items] : in_cell) {
      const Team& team = *teams_.at(std::get<2>(cell));
      const std::string where =
          team.id + " on " + Text(days_[std::get<0>(cell)]) + " " + std::get<1>(cell);
      int64_t minutes = 0;
      std::set<std::string> sites;
      for (const Item* item : items) {
        minutes += item->minutes;
        sites.insert(item->site);
        bool serves = team.sites.empty();
        for (const std::string& site : team.sites) serves |= site == item->site;
        if (!serves) Say("TeamSite", team.id + " does not serve " + item->site);
      }
      minutes += problem_.policy.visit_minutes * static_cast<int64_t>(sites.size());
      const Limit time = LimitOf(team, cell, true);
      const Limit count = LimitOf(team, cell, false);
      if ((time.bound && time.value == 0) || (count.bound && count.value == 0)) {
        Say("Capacity", where + " is closed");
      }
      if (time.bound && minutes > time.value) {
        Say("Capacity", where + " has " + std::to_string(minutes) + " of " +
                            std::to_string(time.value) + " minutes");
      }
      if (count.bound && static_cast<int64_t>(items.size()) > count.value) {
        Say("Capacity", where + " has " + std::to_string(items.size()) + " devices");
      }
    }
  }

  static std::set<std::string> PoolsOf(const Item& item) {
    std::set<std::string> pools(item.pools.begin(), item.pools.end());
    if (!item.department.empty()) pools.insert(item.department);
    return pools;
  }

  void PoolLimits() {
    std::map<std::string, int64_t> members;
    std::set<std::string> departments;
    for (const Item& item : problem_.items) {
      for (const std::string& pool : PoolsOf(item)) ++members[pool];
      departments.insert(item.department);
    }
    std::map<std::pair<std::string, int>, int64_t> use;
    for (const Placed& p : placed_) {
      for (const std::string& pool : PoolsOf(*p.item)) ++use[{pool, p.day}];
    }
    for (const auto& [key, count] : use) {
      const Pool* row = nullptr;
      for (const Pool& pool : problem_.pools) {
        if (pool.id == key.first) row = &pool;
      }
      std::optional<double> share;
      if (row != nullptr) share = row->daily_share;
      if (!share.has_value() && departments.count(key.first) > 0) {
        share = problem_.policy.department_daily_share;
      }
      const std::string where = key.first + " on " + Text(days_[key.second]);
      if (share.has_value()) {
        const int64_t size =
            row != nullptr && row->size.has_value() ? *row->size : members[key.first];
        const double part = std::floor(*share * static_cast<double>(size) + 1e-9);
        if (static_cast<double>(count) > std::fmax(1.0, part)) {
          Say("Pool", where + " is above its share");
        }
      }
      if (row != nullptr && row->daily_limit != 0 && count > row->daily_limit) {
        Say("Pool", where + " is above its daily limit");
      }
    }
  }

  void Groups() {
    std::map<std::string, std::set<Cell>> cells;
    std::map<std::string, int> free_members, free_placed;
    for (const Item& item : problem_.items) {
      if (!item.group.empty() && !item.fixed.has_value()) ++free_members[item.group];
    }
    for (const Placed& p : placed_) {
      if (p.item->group.empty()) continue;
      cells[p.item->group].insert(p.cell);
      if (!p.item->fixed.has_value()) ++free_placed[p.item->group];
    }
    for (const auto& [group, where] : cells) {
      if (where.size() > 1) Say("Group", group + " is in several places");
    }
    for (const auto& [group, count] : free_placed) {
      if (count != free_members[group]) Say("Group", group + " is placed in part");
    }
  }

  static bool Under(const std::string& whole, const std::string& department) {
    if (whole.empty() || whole == department) return true;
    const std::string stem = whole.back() == '/' ? whole : whole + "/";
    return department.compare(0, stem.size(), stem) == 0 || department + "/" == stem;
  }

  void Windows() {
    for (const Placed& p : placed_) {
      const Item& item = *p.item;
      const absl::CivilDay day = days_[p.day];
      if (item.not_before.has_value() && day < *item.not_before) Say("Window", item.id + " early");
      if (item.not_after.has_value() && day > *item.not_after) Say("Window", item.id + " late");
      for (const Blackout& b : problem_.blackouts) {
        if (b.from.has_value() && day < *b.from) continue;
        if (b.to.has_value() && day > *b.to) continue;
        if (!Under(b.department, item.department)) continue;
        if (!b.site.empty() && b.site != item.site) continue;
        if (!b.phase.empty() && b.phase != item.phase) continue;
        Say("Blackout", item.id + " on " + Text(day));
      }
    }
  }

  void PhaseOrder() {
    int earliest = 0;
    for (const Phase& phase : problem_.phases) {
      int last = -1;
      for (const Placed& p : placed_) {
        if (p.item->phase != phase.id) continue;
        last = p.day > last ? p.day : last;
        if (p.day < earliest) Say("PhaseOrder", p.item->id + " before the phase before is done");
        if (phase.not_before.has_value() && days_[p.day] < *phase.not_before) {
          Say("PhaseOrder", p.item->id + " before its phase begins");
        }
        if (phase.deadline.has_value() && days_[p.day] > *phase.deadline) {
          Say("Deadline", p.item->id + " after its phase's deadline");
        }
      }
      if (last >= 0) earliest = last + 1 + static_cast<int>(phase.soak_days);
    }
  }

  void HelpDeskLoad() {
    const HelpDesk& desk = problem_.policy.help_desk;
    if (desk.daily_limit == 0) return;
    for (size_t d = 0; d < days_.size(); ++d) {
      double load = 0;
      for (const Placed& p : placed_) {
        const int after = static_cast<int>(d) - p.day;
        if (after >= 0 && after < static_cast<int>(desk.tickets_per_device.size())) {
          load += desk.tickets_per_device[after];
        }
      }
      // Carried tickets break no rule, but leave no capacity for more.
      if (load > 0 && d < desk.carried.size()) load += desk.carried[d];
      if (load > desk.daily_limit + 1e-6) Say("HelpDesk", "too many tickets on " + Text(days_[d]));
    }
  }

  void FixedItems() {
    for (const Item& item : problem_.items) {
      if (!item.fixed.has_value()) continue;
      bool there = false;
      for (const Placement& p : solution_.placements) {
        there |= p.item == item.id && Position{p.day, p.slot, p.team} == *item.fixed;
      }
      if (!there) Say("Fixed", item.id + " is not where it is fixed");
    }
  }

  void Account() {
    std::map<std::string, int> named;
    for (const Placement& p : solution_.placements) ++named[p.item];
    for (const Left& left : solution_.left) {
      ++named[left.item];
      if (left.reasons.empty()) Say("Account", left.item + " is left out without a reason");
    }
    for (const Item& item : problem_.items) {
      if (named[item.id] != 1) Say("Account", item.id + " is not named exactly once");
    }
    if (solution_.phases.size() != problem_.phases.size()) {
      Say("Account", "phases are missing");
      return;
    }
    bool proven = solution_.left.empty();
    for (size_t i = 0; i < problem_.phases.size(); ++i) {
      int first = -1, last = -1;
      for (const Placed& p : placed_) {
        if (p.item->phase != problem_.phases[i].id) continue;
        if (first < 0 || p.day < first) first = p.day;
        if (p.day > last) last = p.day;
      }
      const PhaseResult& row = solution_.phases[i];
      const bool same = last < 0 ? !row.last_day.has_value() && !row.first_day.has_value()
                                 : row.last_day == days_[last] && row.first_day == days_[first];
      if (!same) Say("Account", "the days of phase " + row.id + " are not those used");
      if (row.last_day.has_value() && row.last_day_bound.has_value() &&
          *row.last_day < *row.last_day_bound) {
        Say("Account", "phase " + row.id + " ends before its bound");
      }
      proven &= row.last_day == row.last_day_bound;
    }
    if (solution_.status == Status::kOptimal && !proven) Say("Account", "OPTIMAL is not proven");
    const bool all = solution_.left.empty();
    const bool says_all =
        solution_.status == Status::kOptimal || solution_.status == Status::kFeasible;
    if (all != says_all) Say("Account", "the status does not match what is left out");
  }

  const PlanProblem& problem_;
  const PlanSolution& solution_;
  const std::vector<absl::CivilDay> days_;
  std::map<std::string, const Item*> items_;
  std::map<std::string, const Team*> teams_;
  std::vector<Placed> placed_;
  std::vector<std::string> out_;
};

}  // namespace

std::vector<absl::CivilDay> CalendarDays(const Calendar& calendar) {
  std::vector<absl::CivilDay> days;
  for (absl::CivilDay day = calendar.first_day; day <= calendar.last_day; ++day) {
    bool open = false;
    const absl::Weekday weekday = absl::GetWeekday(day);
    for (absl::Weekday each : calendar.weekly_open) open |= each == weekday;
    for (absl::CivilDay each : calendar.open_days) open |= each == day;
    for (absl::CivilDay each : calendar.closed_days) open &= each != day;
    if (open) days.push_back(day);
  }
  return days;
}

std::vector<std::string> CheckPlan(const PlanProblem& problem, const PlanSolution& solution) {
  return PlanJudge(problem, solution).Run();
}

}  // namespace kirikae::planner
