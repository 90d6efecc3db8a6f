#include "service/planner/validate.h"

#include <cmath>
#include <cstdio>
#include <map>
#include <set>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "service/planner/model.h"
#include "service/planner/solution.h"
#include "service/planner/state.h"

namespace kirikae::planner {
namespace {

constexpr int64_t kMaxNumber = 1'000'000'000;
constexpr int64_t kMaxCalendarDays = 3'660;
constexpr int64_t kMaxCells = 4'000'000;

std::string DayText(absl::CivilDay day) { return absl::FormatCivilTime(day); }

/// 0.5 as "0.5", 1e300 as "1e+300".
std::string RealText(double number) {
  char text[32];
  std::snprintf(text, sizeof text, "%g", number);
  return text;
}

std::string Field(std::string_view list, size_t index, std::string_view name = "") {
  std::string path(list);
  path.append("[").append(std::to_string(index)).append("]");
  if (!name.empty()) path.append(".").append(name);
  return path;
}

/// Collects the faults of one problem.
class Checker {
 public:
  explicit Checker(const PlanProblem& problem) : problem_(problem) {}

  std::vector<Fault> Run() {
    CheckCalendar();
    CheckTeams();
    CheckPhases();
    CheckPools();
    CheckItems();
    CheckBlackouts();
    CheckPolicy();
    if (faults_.empty()) CheckFixed();
    return std::move(faults_);
  }

 private:
  void Add(std::string path, std::string format, std::vector<std::string> args = {}) {
    faults_.push_back({std::move(path), {std::move(format), std::move(args)}});
  }

  void CheckNumber(std::string path, int64_t value) {
    if (value < 0) {
      Add(std::move(path), "$0 is negative; give 0 or more", {std::to_string(value)});
    } else if (value > kMaxNumber) {
      Add(std::move(path), "$0 is too large; give at most $1",
          {std::to_string(value), std::to_string(kMaxNumber)});
    }
  }

  /// An added amount may be negative.
  void CheckAdded(std::string path, int64_t value) {
    if (value > kMaxNumber) {
      CheckNumber(std::move(path), value);
    } else if (value < -kMaxNumber) {
      Add(std::move(path), "$0 is too small; give at least $1",
          {std::to_string(value), std::to_string(-kMaxNumber)});
    }
  }

  void CheckReal(std::string path, double value) {
    if (!std::isfinite(value) || value < 0 || value > static_cast<double>(kMaxNumber)) {
      Add(std::move(path), "$0 is not a number between 0 and $1",
          {RealText(value), std::to_string(kMaxNumber)});
    }
  }

  void CheckShare(std::string path, double value) {
    if (!std::isfinite(value) || value < 0 || value > 1) {
      Add(std::move(path), "$0 is not a share between 0 and 1", {RealText(value)});
    }
  }

  void CheckRange(std::string path, const std::optional<absl::CivilDay>& from,
                  const std::optional<absl::CivilDay>& to) {
    if (from.has_value() && to.has_value() && *to < *from) {
      Add(std::move(path), "$0 is before $1", {DayText(*to), DayText(*from)});
    }
  }

  void CheckWeekday(std::string path, absl::Weekday weekday) {
    const int value = static_cast<int>(weekday);
    if (value < 0 || value > 6) {
      Add(std::move(path), "$0 is not a weekday", {std::to_string(value)});
    }
  }

  template <typename List, typename Id>
  std::unordered_set<std::string> CheckIds(std::string_view list, const List& rows, Id id) {
    std::unordered_set<std::string> seen;
    for (size_t i = 0; i < rows.size(); ++i) {
      const std::string& name = id(rows[i]);
      if (name.empty()) {
        Add(Field(list, i, "id"), "An id is needed");
      } else if (!seen.insert(name).second) {
        Add(Field(list, i, "id"), "The id $0 is used twice", {name});
      }
    }
    return seen;
  }

  void CheckCalendar() {
    const Calendar& calendar = problem_.calendar;
    for (size_t i = 0; i < calendar.weekly_open.size(); ++i) {
      CheckWeekday(Field("calendar.weeklyOpen", i), calendar.weekly_open[i]);
    }
    std::set<std::string> seen;
    for (size_t i = 0; i < calendar.slots.size(); ++i) {
      if (calendar.slots[i].empty()) {
        Add(Field("calendar.slots", i), "A slot needs a name");
      } else if (!seen.insert(calendar.slots[i]).second) {
        Add(Field("calendar.slots", i), "The slot $0 is listed twice", {calendar.slots[i]});
      }
    }
    slots_.insert(calendar.slots.begin(), calendar.slots.end());
    if (calendar.slots.empty()) slots_.insert("day");
    if (calendar.last_day < calendar.first_day) {
      Add("calendar.lastDay", "$0 is before $1",
          {DayText(calendar.last_day), DayText(calendar.first_day)});
    } else if (calendar.last_day - calendar.first_day > kMaxCalendarDays) {
      Add("calendar.lastDay", "The calendar spans $0 days; give at most $1",
          {std::to_string(calendar.last_day - calendar.first_day),
           std::to_string(kMaxCalendarDays)});
    } else {
      const std::vector<absl::CivilDay> days = OpenDays(calendar);
      if (days.empty()) Add("calendar", "No day is open; see weeklyOpen and openDays");
      const int64_t cells =
          static_cast<int64_t>(days.size() * slots_.size() * problem_.teams.size());
      if (cells > kMaxCells) {
        Add("calendar", "Days, slots and teams make $0 places; at most $1 can be planned",
            {std::to_string(cells), std::to_string(kMaxCells)});
      }
      open_days_.insert(days.begin(), days.end());
    }
  }

  void CheckChange(const std::string& path, const CapacityChange& change) {
    CheckRange(path + ".to", change.from, change.to);
    if (change.weekday.has_value()) CheckWeekday(path + ".weekday", *change.weekday);
    CheckSlot(path + ".slot", change.slot, true);
    if (change.set_minutes.has_value()) CheckNumber(path + ".setMinutes", *change.set_minutes);
    if (change.set_devices.has_value()) CheckNumber(path + ".setDevices", *change.set_devices);
    CheckAdded(path + ".addMinutes", change.add_minutes);
    CheckAdded(path + ".addDevices", change.add_devices);
  }

  void CheckTeams() {
    teams_ = CheckIds(
        "teams", problem_.teams, [](const Team& t) -> auto& { return t.id; });
    if (problem_.teams.empty()) Add("teams", "No team is given");
    for (size_t i = 0; i < problem_.teams.size(); ++i) {
      const Team& team = problem_.teams[i];
      if (team.minutes_per_slot.has_value()) {
        CheckNumber(Field("teams", i, "minutesPerSlot"), *team.minutes_per_slot);
      }
      if (team.devices_per_slot.has_value()) {
        CheckNumber(Field("teams", i, "devicesPerSlot"), *team.devices_per_slot);
      }
      if (!team.minutes_per_slot.has_value() && !team.devices_per_slot.has_value()) {
        Add(Field("teams", i), "The team $0 has no limit; give minutesPerSlot or devicesPerSlot",
            {team.id});
      }
      for (size_t c = 0; c < team.changes.size(); ++c) {
        CheckChange(Field(Field("teams", i, "changes"), c), team.changes[c]);
      }
    }
  }

  void CheckPhases() {
    phases_ = CheckIds(
        "phases", problem_.phases, [](const Phase& p) -> auto& { return p.id; });
    for (size_t i = 0; i < problem_.phases.size(); ++i) {
      const Phase& phase = problem_.phases[i];
      CheckRange(Field("phases", i, "deadline"), phase.not_before, phase.deadline);
      CheckNumber(Field("phases", i, "soakDays"), phase.soak_days);
    }
  }

  void CheckPools() {
    CheckIds(
        "pools", problem_.pools, [](const Pool& p) -> auto& { return p.id; });
    for (size_t i = 0; i < problem_.pools.size(); ++i) {
      const Pool& pool = problem_.pools[i];
      if (pool.size.has_value()) CheckNumber(Field("pools", i, "size"), *pool.size);
      if (pool.daily_share.has_value()) {
        CheckShare(Field("pools", i, "dailyShare"), *pool.daily_share);
      }
      CheckNumber(Field("pools", i, "dailyLimit"), pool.daily_limit);
    }
  }

  void CheckSlot(const std::string& path, const std::string& slot, bool may_be_empty) {
    if (slot.empty()) {
      if (!may_be_empty) Add(path, "A slot is needed");
      return;
    }
    if (slots_.count(slot) == 0) Add(path, "No slot is called $0", {slot});
  }

  void CheckPosition(const std::string& path, const Position& position) {
    if (!open_days_.empty() && open_days_.count(position.day) == 0) {
      Add(path + ".day", "$0 is not an open day", {DayText(position.day)});
    }
    CheckSlot(path + ".slot", position.slot, false);
    if (position.team.empty()) {
      Add(path + ".team", "A team is needed");
    } else if (teams_.count(position.team) == 0) {
      Add(path + ".team", "No team is called $0", {position.team});
    }
  }

  void CheckItems() {
    CheckIds(
        "items", problem_.items, [](const Item& item) -> auto& { return item.id; });
    for (size_t i = 0; i < problem_.items.size(); ++i) {
      const Item& item = problem_.items[i];
      if (item.minutes < 0 || item.minutes > kMaxNumber) {
        CheckNumber(Field("items", i, "minutes"), item.minutes);
      }
      if (item.phase.empty()) {
        Add(Field("items", i, "phase"), "A phase is needed");
      } else if (phases_.count(item.phase) == 0) {
        Add(Field("items", i, "phase"), "No phase is called $0", {item.phase});
      }
      CheckRange(Field("items", i, "notAfter"), item.not_before, item.not_after);
      if (!std::isfinite(item.weight) || item.weight <= 0 ||
          item.weight > static_cast<double>(kMaxNumber)) {
        Add(Field("items", i, "weight"), "$0 is not a weight above 0 and at most $1",
            {RealText(item.weight), std::to_string(kMaxNumber)});
      }
      if (item.fixed.has_value()) CheckPosition(Field("items", i, "fixed"), *item.fixed);
    }
  }

  void CheckBlackouts() {
    for (size_t i = 0; i < problem_.blackouts.size(); ++i) {
      const Blackout& blackout = problem_.blackouts[i];
      CheckRange(Field("blackouts", i, "to"), blackout.from, blackout.to);
      if (!blackout.phase.empty() && phases_.count(blackout.phase) == 0) {
        Add(Field("blackouts", i, "phase"), "No phase is called $0", {blackout.phase});
      }
    }
  }

  void CheckPolicy() {
    const Policy& policy = problem_.policy;
    CheckShare("policy.departmentDailyShare", policy.department_daily_share);
    CheckNumber("policy.visitMinutes", policy.visit_minutes);
    CheckShare("policy.reserve.share", policy.reserve.share);
    CheckNumber("policy.reserve.days", policy.reserve.days);
    for (size_t k = 0; k < policy.help_desk.tickets_per_device.size(); ++k) {
      CheckReal(Field("policy.helpDesk.ticketsPerDevice", k),
                policy.help_desk.tickets_per_device[k]);
    }
    for (size_t k = 0; k < policy.help_desk.carried.size(); ++k) {
      CheckReal(Field("policy.helpDesk.carriedTickets", k), policy.help_desk.carried[k]);
    }
    CheckReal("policy.helpDesk.dailyLimit", policy.help_desk.daily_limit);
    std::set<Objective> seen;
    for (size_t i = 0; i < policy.objectives.size(); ++i) {
      const std::string_view name = Name(policy.objectives[i]);
      if (name.empty()) {
        Add(Field("policy.objectives", i), "Not a known objective");
      } else if (!seen.insert(policy.objectives[i]).second) {
        Add(Field("policy.objectives", i), "The objective $0 is listed twice", {std::string(name)});
      }
    }
  }

  void CheckFixed() {
    bool any = false;
    for (const Item& item : problem_.items) any |= item.fixed.has_value();
    if (!any) return;
    const Model model = BuildModel(problem_);
    State state(model);
    std::map<std::string, int> group_cell;
    for (size_t u = 0; u < model.units.size(); ++u) {
      const Unit& unit = model.units[u];
      if (unit.fixed_cell < 0) continue;
      const int i = unit.items.front();
      state.Remove(static_cast<int>(u));
      ReportFixed(i, state.BrokenRules(static_cast<int>(u), unit.fixed_cell));
      state.Place(static_cast<int>(u), unit.fixed_cell);
      const std::string& group = problem_.items[i].group;
      if (!group.empty() &&
          group_cell.emplace(group, unit.fixed_cell).first->second != unit.fixed_cell) {
        Add(Field("items", i, "fixed"), "The group $0 is fixed in two places", {group});
      }
    }
  }

  void ReportFixed(int i, unsigned broken) {
    const Item& item = problem_.items[i];
    const std::string path = Field("items", i, "fixed");
    const std::string day = DayText(item.fixed->day);
    const std::string& team = item.fixed->team;
    if (broken & kRuleClosed) {
      Add(path, "The team $0 does not work on $1 ($2)", {team, day, item.fixed->slot});
    }
    if (broken & kRuleTeamSite) {
      Add(path, "The team $0 does not serve the site $1", {team, item.site});
    }
    if (broken & kRuleNotReady) {
      Add(path, "$0 is outside the days the item may be placed on", {day});
    }
    if (broken & kRuleBlackout) Add(path, "$0 is blacked out", {day});
    if (broken & kRuleDeadline) {
      Add(path, "$0 is after the deadline of the phase $1", {day, item.phase});
    }
    if (broken & kRulePhaseStart) {
      Add(path, "$0 is before the start of the phase $1", {day, item.phase});
    }
    if ((broken & kRuleCapacity) && !(broken & kRuleClosed)) {
      Add(path, "The team $0 has more fixed on $1 ($2) than it can do",
          {team, day, item.fixed->slot});
    }
    if (broken & kRulePool) Add(path, "More is fixed on $0 than a pool allows", {day});
    if (broken & kRuleHelpDesk) Add(path, "More is fixed on $0 than the help desk can take", {day});
    if (broken & kRulePhaseOrder) {
      Add(path, "$0 breaks the order of the phases with another fixed item", {day});
    }
  }

  const PlanProblem& problem_;
  std::vector<Fault> faults_;
  std::set<absl::CivilDay> open_days_;
  std::unordered_set<std::string> slots_;
  std::unordered_set<std::string> teams_;
  std::unordered_set<std::string> phases_;
};

}  // namespace

std::vector<Fault> Validate(const PlanProblem& problem) { return Checker(problem).Run(); }

}  // namespace kirikae::planner
