#include "service/planner/shortage.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>

namespace kirikae::planner {
namespace {

using domain::Sentence;

/// 14000 as "14,000".
std::string Grouped(int64_t number) {
  const std::string digits = std::to_string(number);
  std::string text;
  for (size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) text += ',';
    text += digits[i];
  }
  return text;
}

/// 12.5 as "12.5", 3 as "3".
std::string Rounded(double number) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6g", std::round(number * 100) / 100);
  return text;
}

/// Compares one phase's need with the days that it may use.
class PhaseShortage {
 public:
  PhaseShortage(const PlanProblem& problem, const State& state, int phase)
      : problem_(problem), state_(state), model_(state.model()), phase_(phase) {
    std::tie(from_, to_) = state.PhaseRoom(phase);
    to_ = std::min(to_, model_.day_count() - 1);
    for (size_t u = 0; u < model_.units.size(); ++u) {
      if (model_.units[u].phase == phase) units_.push_back(static_cast<int>(u));
    }
  }

  void Say(std::vector<Sentence>& said) const {
    if (std::none_of(units_.begin(), units_.end(), [&](int u) { return state_.CellOf(u) < 0; })) {
      return;
    }
    if (from_ > to_) {
      if (to_ < 0) return;
      if (from_ >= model_.day_count()) {
        said.push_back(
            {"No day is left for $0 by $1 after the phases before it", {Id(), LastDay()}});
      } else {
        said.push_back(
            {"$0 can begin on $1 at the earliest, after the phases before it and their "
             "soak; that is $2 day(s) after $3, its last day",
             {Id(), absl::FormatCivilTime(model_.days[from_]),
              Grouped(model_.days[from_] - model_.days[to_]), LastDay()}});
      }
      return;
    }
    std::optional<Sentence> what = Minutes();
    if (!what.has_value()) what = Devices();
    if (!what.has_value()) what = OnlyTeams();
    if (!what.has_value()) what = Pools();
    if (!what.has_value()) what = HelpDesk();
    if (what.has_value()) said.push_back(*std::move(what));
    if (auto late = Late(); late.has_value()) said.push_back(*std::move(late));
  }

 private:
  std::string Id() const { return problem_.phases[phase_].id; }
  std::string LastDay() const { return absl::FormatCivilTime(model_.days[to_]); }

  /// The amount that other phases use in a cell.
  template <typename Amount>
  int64_t Others(int cell, Amount amount) const {
    int64_t sum = 0;
    for (int unit : state_.UnitsIn(cell)) {
      if (model_.units[unit].phase != phase_) sum += amount(model_.units[unit]);
    }
    return sum;
  }

  std::optional<Sentence> Minutes() const {
    const auto has_minutes = [](const Team& team) { return team.minutes_per_slot.has_value(); };
    if (std::none_of(problem_.teams.begin(), problem_.teams.end(), has_minutes)) {
      return std::nullopt;
    }
    int64_t need = VisitsToCome() * model_.visit_minutes, have = 0;
    for (int unit : units_) need += model_.units[unit].minutes;
    for (int cell = from_ * model_.cells_per_day(); cell < (to_ + 1) * model_.cells_per_day();
         ++cell) {
      if (!model_.IsOpen(cell)) continue;
      if (model_.cell_minutes[cell] >= kUnlimited / 2) return std::nullopt;
      have += std::max<int64_t>(0, model_.cell_minutes[cell] -
                                       Others(cell, [](const Unit& unit) { return unit.minutes; }));
      need += model_.visit_minutes * state_.Visits(cell);
    }
    if (need <= have) return std::nullopt;
    if (model_.teams == 1) {
      return Sentence{"$0 needs $1 minutes by $2; team $3 has $4: $5 short",
                      {Id(), Grouped(need), LastDay(), model_.team_names.front(), Grouped(have),
                       Grouped(need - have)}};
    }
    return Sentence{"$0 needs $1 minutes by $2; the $3 teams have $4: $5 short",
                    {Id(), Grouped(need), LastDay(), std::to_string(model_.teams), Grouped(have),
                     Grouped(need - have)}};
  }

  /// The number of sites of units left out that no team visits on these days yet. Each needs at
  /// least one visit.
  int64_t VisitsToCome() const {
    std::set<int> sites;
    for (const int unit : units_) {
      if (state_.CellOf(unit) >= 0) continue;
      sites.insert(model_.units[unit].sites.begin(), model_.units[unit].sites.end());
    }
    std::erase_if(sites, [&](int site) {
      for (int cell = from_ * model_.cells_per_day(); cell < (to_ + 1) * model_.cells_per_day();
           ++cell) {
        if (state_.Visited(cell, site)) return true;
      }
      return false;
    });
    return static_cast<int64_t>(sites.size());
  }

  /// Counts only the tickets of the day of the switch.
  std::optional<Sentence> HelpDesk() const {
    if (model_.ticket_limit <= 0 || model_.tickets.empty()) return std::nullopt;
    double need = 0, have = 0;
    for (const int unit : units_) {
      need += model_.tickets[0] * static_cast<double>(model_.units[unit].devices);
    }
    for (int day = from_; day <= to_; ++day) {
      have += std::max(0.0, model_.ticket_limit - model_.carried_tickets[day]);
    }
    if (need <= have + 1e-9) return std::nullopt;
    return Sentence{"$0 brings $1 tickets by $2; the help desk takes $3: $4 too many",
                    {Id(), Rounded(need), LastDay(), Rounded(have), Rounded(need - have)}};
  }

  std::optional<Sentence> Devices() const {
    int64_t need = 0, have = 0;
    for (int unit : units_) need += model_.units[unit].devices;
    for (int cell = from_ * model_.cells_per_day(); cell < (to_ + 1) * model_.cells_per_day();
         ++cell) {
      if (!model_.IsOpen(cell)) continue;
      if (model_.cell_devices[cell] >= kUnlimited / 2) return std::nullopt;
      have += std::max<int64_t>(0, model_.cell_devices[cell] -
                                       Others(cell, [](const Unit& unit) { return unit.devices; }));
    }
    if (need <= have) return std::nullopt;
    return Sentence{"$0 has $1 devices to do by $2; the teams take $3: $4 short",
                    {Id(), Grouped(need), LastDay(), Grouped(have), Grouped(need - have)}};
  }

  /// Whether units that only some teams may do exceed those teams' minutes, else their devices.
  std::optional<Sentence> OnlyTeams() const {
    std::set<std::vector<char>> seen;
    for (const int left : units_) {
      if (state_.CellOf(left) >= 0) continue;
      const std::vector<char> teams = TeamsOf(left);
      if (std::count(teams.begin(), teams.end(), 1) == 0 || !seen.insert(teams).second) continue;
      std::set<int> starts;
      for (const int unit : units_) starts.insert(StartOf(unit));
      for (const int start : starts) {
        if (auto said = OfTeams(teams, start); said.has_value()) return said;
      }
    }
    return std::nullopt;
  }

  int StartOf(int unit) const {
    return std::max(from_, model_.windows[model_.units[unit].window].first);
  }

  /// By team: whether it may do the unit.
  std::vector<char> TeamsOf(int unit) const {
    std::vector<char> teams(model_.teams, 0);
    for (int t = 0; t < model_.teams; ++t) teams[t] = ServedBy(model_, model_.units[unit], t);
    return teams;
  }

  /// Counts units that may not be placed before `start`.
  std::optional<Sentence> OfTeams(const std::vector<char>& teams, int start) const {
    int64_t minutes = 0, devices = 0, have_minutes = 0, have_devices = 0;
    std::set<int> windows;
    for (const int unit : units_) {
      const std::vector<char> own = TeamsOf(unit);
      const bool only = std::equal(own.begin(), own.end(), teams.begin(),
                                   [](char one, char all) { return one <= all; });
      // Units that are ready too late, or that no team may do, are not counted: these teams can't
      // do them in time.
      const int window = model_.units[unit].window;
      if (!only || std::count(own.begin(), own.end(), 1) == 0 || StartOf(unit) < start ||
          model_.AllowedDays(window, from_, to_) == 0) {
        continue;
      }
      minutes += model_.units[unit].minutes;
      devices += model_.units[unit].devices;
      windows.insert(window);
    }
    bool minutes_bind = true, devices_bind = true;
    for (int cell = start * model_.cells_per_day(); cell < (to_ + 1) * model_.cells_per_day();
         ++cell) {
      const auto allows = [&](int window) { return model_.Allows(window, model_.DayOf(cell)); };
      if (!teams[model_.TeamOf(cell)] || !model_.IsOpen(cell) ||
          std::none_of(windows.begin(), windows.end(), allows)) {
        continue;
      }
      minutes_bind = minutes_bind && model_.cell_minutes[cell] < kUnlimited / 2;
      devices_bind = devices_bind && model_.cell_devices[cell] < kUnlimited / 2;
      if (minutes_bind) {
        have_minutes +=
            model_.cell_minutes[cell] - Others(cell, [](const Unit& unit) { return unit.minutes; });
      }
      if (devices_bind) {
        have_devices +=
            model_.cell_devices[cell] - Others(cell, [](const Unit& unit) { return unit.devices; });
      }
      minutes += model_.visit_minutes * state_.Visits(cell);
    }
    std::string names;
    for (int t = 0; t < model_.teams; ++t) {
      if (teams[t]) names += (names.empty() ? "" : ", ") + model_.team_names[t];
    }
    if (minutes_bind && minutes > have_minutes) {
      return Sentence{"$0 needs $1 minutes of $2 by $3; there are $4: $5 short",
                      {Id(), Grouped(minutes), names, LastDay(), Grouped(have_minutes),
                       Grouped(minutes - have_minutes)}};
    }
    if (devices_bind && devices > have_devices) {
      return Sentence{"$0 has $1 devices by $3 that only $2 can do; these teams take $4: $5 short",
                      {Id(), Grouped(devices), names, LastDay(), Grouped(have_devices),
                       Grouped(devices - have_devices)}};
    }
    return std::nullopt;
  }

  /// Units that may be placed only after the phase's last day.
  std::optional<Sentence> Late() const {
    int64_t late = 0;
    std::optional<absl::CivilDay> last;
    for (const int unit : units_) {
      if (state_.CellOf(unit) >= 0) continue;
      std::optional<absl::CivilDay> ready;
      for (const int i : model_.units[unit].items) {
        const auto& not_before = problem_.items[i].not_before;
        if (not_before.has_value()) ready = std::max(ready.value_or(*not_before), *not_before);
      }
      if (!ready.has_value() || *ready <= model_.days[to_]) continue;
      ++late;
      last = std::max(last.value_or(*ready), *ready);
    }
    if (!last.has_value()) return std::nullopt;
    return Sentence{
        "$0 has $1 items that can't be placed by $2; the last of them is ready on $3, $4 day(s) "
        "later",
        {Id(), Grouped(late), LastDay(), absl::FormatCivilTime(*last),
         Grouped(*last - model_.days[to_])}};
  }

  /// The pool with the largest shortage over the days that any of its items may use.
  std::optional<Sentence> Pools() const {
    std::map<int, int64_t> need;
    std::map<int, std::set<int>> windows;
    std::set<int> left_out;
    for (int unit : units_) {
      for (const auto& [pool, count] : model_.units[unit].pools) {
        need[pool] += count;
        windows[pool].insert(model_.units[unit].window);
        if (state_.CellOf(unit) < 0) left_out.insert(pool);
      }
    }
    std::optional<Sentence> worst;
    int64_t most = 0;
    for (const int pool : left_out) {
      int64_t days = 0;
      for (int day = from_; day <= to_; ++day) {
        const auto allows = [&](int window) { return model_.Allows(window, day); };
        days += std::any_of(windows[pool].begin(), windows[pool].end(), allows) ? 1 : 0;
      }
      const int64_t have = days * model_.pool_limit[pool];
      if (need[pool] - have <= most) continue;
      most = need[pool] - have;
      worst = Sentence{"$0 has $1 items of $2 to do by $3; $4 days at $5 a day leave it $6 short",
                       {Id(), Grouped(need[pool]), model_.pool_names[pool], LastDay(),
                        Grouped(days), Grouped(model_.pool_limit[pool]), Grouped(most)}};
    }
    return worst;
  }

  const PlanProblem& problem_;
  const State& state_;
  const Model& model_;
  const int phase_;
  int from_ = 0;
  int to_ = -1;
  std::vector<int> units_;
};

}  // namespace

std::vector<Sentence> Shortages(const PlanProblem& problem, const State& state) {
  std::vector<Sentence> said;
  for (size_t p = 0; p < problem.phases.size(); ++p) {
    PhaseShortage(problem, state, static_cast<int>(p)).Say(said);
  }
  return said;
}

}  // namespace kirikae::planner
