#include "service/planner/shortage.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>

namespace kirikae::planner {
namespace {

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

/// Measures one phase against the days it may use.
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

  std::optional<Message> Say() const {
    if (std::none_of(units_.begin(), units_.end(), [&](int u) { return state_.CellOf(u) < 0; })) {
      return std::nullopt;
    }
    if (from_ > to_) {
      if (to_ < 0) return std::nullopt;
      return Message{"No day is left for $0 by $1 after the phases before it", {Id(), LastDay()}};
    }
    if (auto said = Minutes(); said.has_value()) return said;
    if (auto said = Devices(); said.has_value()) return said;
    return Pools();
  }

 private:
  std::string Id() const { return problem_.phases[phase_].id; }
  std::string LastDay() const { return absl::FormatCivilTime(model_.days[to_]); }

  /// What is used in a cell by others.
  template <typename Amount>
  int64_t Others(int cell, Amount amount) const {
    int64_t sum = 0;
    for (int unit : state_.UnitsIn(cell)) {
      if (model_.units[unit].phase != phase_) sum += amount(model_.units[unit]);
    }
    return sum;
  }

  std::optional<Message> Minutes() const {
    int64_t need = 0, have = 0;
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
      return Message{"$0 needs $1 minutes by $2; team $3 has $4: $5 short",
                     {Id(), Grouped(need), LastDay(), model_.team_names.front(), Grouped(have),
                      Grouped(need - have)}};
    }
    return Message{"$0 needs $1 minutes by $2; the $3 teams have $4: $5 short",
                   {Id(), Grouped(need), LastDay(), std::to_string(model_.teams), Grouped(have),
                    Grouped(need - have)}};
  }

  std::optional<Message> Devices() const {
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
    return Message{"$0 has $1 devices to do by $2; the teams take $3: $4 short",
                   {Id(), Grouped(need), LastDay(), Grouped(have), Grouped(need - have)}};
  }

  /// The pool that is short of most, over the days that any of its items may use.
  std::optional<Message> Pools() const {
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
    std::optional<Message> worst;
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
      worst = Message{"$0 has $1 of $2 to do by $3; on $4 days at $5 a day that is $6 short",
                      {Id(), Grouped(need[pool]), model_.pool_names[pool], LastDay(), Grouped(days),
                       Grouped(model_.pool_limit[pool]), Grouped(most)}};
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

std::vector<Message> Shortages(const PlanProblem& problem, const State& state) {
  std::vector<Message> said;
  for (size_t p = 0; p < problem.phases.size(); ++p) {
    if (auto one = PhaseShortage(problem, state, static_cast<int>(p)).Say(); one.has_value()) {
      said.push_back(*std::move(one));
    }
  }
  return said;
}

}  // namespace kirikae::planner
