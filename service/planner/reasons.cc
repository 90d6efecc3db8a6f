#include "service/planner/reasons.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace kirikae::planner {
namespace {

using domain::Sentence;

/// The order in which rules are listed. Where several would do, earlier ones are preferred.
constexpr unsigned kRules[] = {kRuleTeamSite,   kRuleNotReady, kRuleBlackout, kRuleDeadline,
                               kRulePhaseStart, kRuleCapacity, kRulePool,     kRuleHelpDesk,
                               kRulePhaseOrder, kRuleGroup,    kRuleClosed};
/// The rules that are named when one of them alone keeps the unit out of some cell. A team that
/// serves other sites or does not work is not named: it says nothing about the unit.
constexpr unsigned kSoleRules = kRuleNotReady | kRuleBlackout | kRuleDeadline | kRulePhaseStart |
                                kRuleCapacity | kRulePool | kRuleHelpDesk | kRulePhaseOrder;
constexpr unsigned kWindowRules =
    kRuleTeamSite | kRuleNotReady | kRuleBlackout | kRuleDeadline | kRulePhaseStart | kRuleGroup;

std::string DayText(absl::CivilDay day) { return absl::FormatCivilTime(day); }

/// A pool whose limit is below the unit's own need: {pool, count}; {-1, 0} when there is none.
std::pair<int, int64_t> PoolTooSmall(const Model& model, const Unit& unit) {
  for (const auto& [pool, count] : unit.pools) {
    if (count > model.pool_limit[pool]) return {pool, count};
  }
  return {-1, 0};
}

/// Finds the reasons for one unit.
class Reasoner {
 public:
  Reasoner(const PlanProblem& problem, const State& state, int unit)
      : problem_(problem),
        state_(state),
        model_(state.model()),
        unit_index_(unit),
        unit_(model_.units[unit]),
        room_(state.PhaseRoom(unit_.phase)),
        anywhere_(BrokenAnywhere()) {}

  std::vector<LeftReason> Run() {
    std::vector<unsigned> alone;
    unsigned everywhere = ~0u, competing_everywhere = ~0u, competing = 0, sole = 0;
    bool possible = false;
    for (int cell = 0; cell < model_.cell_count(); ++cell) {
      if (unit_.forced_cell >= 0 && unit_.forced_cell != cell) continue;
      const unsigned now = state_.BrokenRules(unit_index_, cell, room_);
      const unsigned broken = BrokenAlone(now, cell);
      alone.push_back(broken);
      everywhere &= broken;
      if (std::has_single_bit(now)) sole |= now & kSoleRules;
      if (broken != 0) continue;
      possible = true;
      competing |= now;
      competing_everywhere &= now;
    }
    if (alone.empty()) return Reasons(kRuleClosed);
    if (everywhere != 0) return Reasons(everywhere);
    if (!possible) return Reasons(FewestThatCover(alone), sole);
    return Reasons(competing_everywhere != 0 ? competing_everywhere : competing, sole);
  }

 private:
  bool IsGroup() const { return unit_.items.size() > 1; }
  const Item& First() const { return problem_.items[unit_.items.front()]; }

  int64_t MinutesAlone() const {
    return unit_.minutes + model_.visit_minutes * static_cast<int64_t>(unit_.sites.size());
  }

  /// The rules that the unit breaks in every cell, whatever else is planned.
  unsigned BrokenAnywhere() const {
    return (unit_.split_over_phases ? kRulePhaseOrder : kRuleNone) |
           (PoolTooSmall(model_, unit_).first >= 0 ? kRulePool : kRuleNone);
  }

  /// Whether its own tickets exceed the limit on `day` or on a day after it.
  bool BreaksHelpDesk(int day) const {
    if (model_.ticket_limit <= 0) return false;
    const int span = std::min(static_cast<int>(model_.tickets.size()), model_.day_count() - day);
    return std::any_of(model_.tickets.begin(), model_.tickets.begin() + span, [&](double tickets) {
      return tickets * static_cast<double>(unit_.devices) > model_.ticket_limit + 1e-9;
    });
  }

  /// The rules that the unit would break in `cell` if nothing else were planned. `now`: those it
  /// breaks as planned.
  unsigned BrokenAlone(unsigned now, int cell) const {
    unsigned broken = anywhere_ | (now & (kWindowRules | kRuleClosed));
    if (model_.IsOpen(cell) &&
        (MinutesAlone() > model_.cell_minutes[cell] || unit_.devices > model_.cell_devices[cell])) {
      broken |= kRuleCapacity;
    }
    if (BreaksHelpDesk(model_.DayOf(cell))) broken |= kRuleHelpDesk;
    return broken;
  }

  /// The smallest set of rules such that every cell breaks one of them. Every cell must break
  /// something.
  static unsigned FewestThatCover(const std::vector<unsigned>& cells) {
    constexpr size_t kCount = std::size(kRules);
    const std::set<unsigned> masks(cells.begin(), cells.end());
    unsigned best = ~0u;
    int fewest = kCount + 1;
    for (unsigned pick = 1; pick < (1u << kCount); ++pick) {
      unsigned rules = 0;
      for (size_t k = 0; k < kCount; ++k) rules |= (pick >> k & 1u) != 0 ? kRules[k] : 0;
      const int count = std::popcount(pick);
      if (count >= fewest || !std::all_of(masks.begin(), masks.end(),
                                          [&](unsigned mask) { return (mask & rules) != 0; })) {
        continue;
      }
      fewest = count;
      best = rules;
    }
    return best;
  }

  /// The reasons for the rules in `first`, then for the remaining rules in `more`.
  std::vector<LeftReason> Reasons(unsigned first, unsigned more = kRuleNone) const {
    std::vector<LeftReason> reasons;
    for (const unsigned named : {first, more & ~first}) {
      for (const unsigned rule : kRules) {
        if ((named & rule) != 0) reasons.push_back(ReasonFor(rule));
      }
    }
    return reasons;
  }

  LeftReason ReasonFor(unsigned rule) const {
    const Phase& phase = problem_.phases[unit_.phase];
    switch (rule) {
      case kRuleClosed:
        return {LeftCode::kNoOpenSlot, {"No team works in any slot that it could have", {}}};
      case kRuleTeamSite:
        if (Sites().empty()) {
          return {LeftCode::kNoTeamForSite,
                  {"It has no site, and every team that works serves only certain sites", {}}};
        }
        return {LeftCode::kNoTeamForSite, {"No team that could take it serves $0", {Sites()}}};
      case kRuleNotReady:
        return {LeftCode::kNotReadyInTime, WindowText()};
      case kRuleBlackout:
        if (First().department.empty()) {
          return {LeftCode::kBlackedOut, {"The days it could have are blacked out", {}}};
        }
        return {LeftCode::kBlackedOut,
                {"The days it could have are blacked out for $0", {First().department}}};
      case kRuleDeadline:
        return {LeftCode::kDeadline,
                {"The phase $0 must be done by $1",
                 {phase.id, DayText(phase.deadline.value_or(problem_.calendar.last_day))}}};
      case kRulePhaseStart:
        return {LeftCode::kPhaseOrder,
                {"The phase $0 may not begin before $1",
                 {phase.id, DayText(phase.not_before.value_or(problem_.calendar.first_day))}}};
      case kRulePool:
        return PoolReason();
      case kRuleHelpDesk:
        return {LeftCode::kHelpDesk, {"The help desk has no room on the days it could have", {}}};
      case kRulePhaseOrder:
        return PhaseOrderReason();
      default:
        return CapacityReason();
    }
  }

  std::string Sites() const {
    std::string sites;
    for (const int site : unit_.sites) {
      if (!sites.empty()) sites += ", ";
      sites += model_.site_names[site];
    }
    return sites;
  }

  Sentence WindowText() const {
    std::optional<absl::CivilDay> from, to;
    for (const int i : unit_.items) {
      const Item& item = problem_.items[i];
      if (item.not_before.has_value())
        from = std::max(from.value_or(*item.not_before), *item.not_before);
      if (item.not_after.has_value()) to = std::min(to.value_or(*item.not_after), *item.not_after);
    }
    if (from.has_value() && to.has_value() && *to < *from) {
      return {
          "Its group has an item that may not come before $0 and one that may not come after $1",
          {DayText(*from), DayText(*to)}};
    }
    if (from.has_value() && to.has_value()) {
      return {"It may be placed only from $0 to $1", {DayText(*from), DayText(*to)}};
    }
    if (to.has_value()) return {"It may be placed only until $0", {DayText(*to)}};
    return {"It may be placed only from $0 on",
            {DayText(from.value_or(problem_.calendar.first_day))}};
  }

  LeftReason PoolReason() const {
    const auto [pool, count] = PoolTooSmall(model_, unit_);
    if (pool >= 0) {
      return {LeftCode::kGroupTooLarge,
              {"Its group has $0 items of $1, of which $2 may be away on one day",
               {std::to_string(count), model_.pool_names[pool],
                std::to_string(model_.pool_limit[pool])}}};
    }
    return {LeftCode::kPoolLimit,
            {"Other devices of $0 fill all its days up to the daily limit", {FullPool()}}};
  }

  /// The pool that is full on most of the days that the unit could have.
  std::string FullPool() const {
    std::string fullest;
    int most = -1;
    for (const auto& [pool, count] : unit_.pools) {
      int full = 0;
      for (int day = 0; day < model_.day_count(); ++day) {
        if (!AllowedOnDay(model_, unit_, day)) continue;
        full += state_.PoolUse(pool, day) + count > model_.pool_limit[pool] ? 1 : 0;
      }
      if (full <= most) continue;
      most = full;
      fullest = model_.pool_names[pool];
    }
    return fullest;
  }

  LeftReason PhaseOrderReason() const {
    const std::string& phase = problem_.phases[unit_.phase].id;
    if (unit_.split_over_phases) {
      return {LeftCode::kPhaseOrder,
              {"Its group $0 has items of more than one phase", {First().group}}};
    }
    const int first = std::max(0, room_.first);
    const int last = std::min(model_.day_count() - 1, room_.second);
    if (last < first) {
      return {LeftCode::kPhaseOrder, {"The other phases leave the phase $0 no day", {phase}}};
    }
    return {LeftCode::kPhaseOrder,
            {"The other phases leave the phase $0 only the days from $1 to $2",
             {phase, DayText(model_.days[first]),
              DayText(last == model_.day_count() - 1 ? model_.last_open_day : model_.days[last])}}};
  }

  /// The largest value of `of_cell` among the cells that the unit could have alone; among all open
  /// cells when there are none.
  int64_t Most(const std::vector<int64_t>& of_cell) const {
    int64_t most = 0, most_anywhere = 0;
    for (int cell = 0; cell < model_.cell_count(); ++cell) {
      if (!model_.IsOpen(cell)) continue;
      most_anywhere = std::max(most_anywhere, of_cell[cell]);
      if (!ServedBy(model_, unit_, model_.TeamOf(cell))) continue;
      if (!AllowedOnDay(model_, unit_, model_.DayOf(cell))) continue;
      if (unit_.forced_cell >= 0 && unit_.forced_cell != cell) continue;
      most = std::max(most, of_cell[cell]);
    }
    return most > 0 ? most : most_anywhere;
  }

  LeftReason CapacityReason() const {
    const int64_t minutes = MinutesAlone(), most_minutes = Most(model_.cell_minutes);
    if (minutes > most_minutes) {
      const std::vector<std::string> args = {std::to_string(minutes), std::to_string(most_minutes)};
      if (IsGroup()) {
        return {LeftCode::kGroupTooLarge,
                {"Its group needs $0 minutes in one slot; no team has more than $1", args}};
      }
      return {LeftCode::kCapacity,
              {"It needs $0 minutes in one slot; no team has more than $1", args}};
    }
    const int64_t most_devices = Most(model_.cell_devices);
    if (unit_.devices > most_devices) {
      return {LeftCode::kGroupTooLarge,
              {"Its group has $0 devices for one slot; no team takes more than $1",
               {std::to_string(unit_.devices), std::to_string(most_devices)}}};
    }
    if (minutes == 0 || most_minutes >= kUnlimited / 2) {
      return {LeftCode::kCapacity,
              {"The teams can take no further device on the days that it could have", {}}};
    }
    return {LeftCode::kCapacity,
            {"The teams have no $0 minutes left on the days that it could have",
             {std::to_string(unit_.minutes)}}};
  }

  const PlanProblem& problem_;
  const State& state_;
  const Model& model_;
  const int unit_index_;
  const Unit& unit_;
  const std::pair<int, int> room_;
  const unsigned anywhere_;
};

}  // namespace

std::vector<LeftReason> ReasonsFor(const PlanProblem& problem, const State& state, int unit) {
  return Reasoner(problem, state, unit).Run();
}

Sentence NoHelp() {
  return {
      "No change of a deadline, the calendar, a team, a share or a limit places it without leaving "
      "another out. Change the item itself, its group, its days or the blackouts",
      {}};
}

}  // namespace kirikae::planner
