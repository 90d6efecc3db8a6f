#include "service/planner/reasons.h"

#include <algorithm>
#include <string>

namespace kirikae::planner {
namespace {

constexpr unsigned kStaticRules =
    kRuleTeamSite | kRuleNotReady | kRuleBlackout | kRuleDeadline | kRulePhaseStart | kRuleGroup;

std::string DayText(const Model& model, int day) {
  if (day < 0 || day >= model.day_count()) return "-";
  return absl::FormatCivilTime(model.days[day]);
}

/// The unit's worst need of a pool: {pool, count} with count above the limit, or {-1, 0}.
std::pair<int, int64_t> PoolTooSmall(const Model& model, const Unit& unit) {
  for (const auto& [pool, count] : unit.pools) {
    if (count > model.pool_limit[pool]) return {pool, count};
  }
  return {-1, 0};
}

std::string FirstPool(const Model& model, const Unit& unit) {
  return unit.pools.empty() ? "" : model.pool_names[unit.pools.front().first];
}

LeftReason CapacityReason(const Model& model, const Unit& unit) {
  int64_t most = 0;
  for (int cell = 0; cell < model.cell_count(); ++cell) {
    if (model.IsOpen(cell) && ServedBy(model, unit, model.TeamOf(cell))) {
      most = std::max(most, model.cell_minutes[cell]);
    }
  }
  const int64_t need = unit.minutes + model.visit_minutes * static_cast<int64_t>(unit.sites.size());
  if (need > most) {
    return {LeftCode::kCapacity,
            {"It needs $0 minutes in one slot; no team has more than $1",
             {std::to_string(need), std::to_string(most)}}};
  }
  return {LeftCode::kCapacity,
          {"The teams have no room left for its $0 minutes on the days it may be placed on",
           {std::to_string(need)}}};
}

LeftReason PhaseOrderReason(const PlanProblem& problem, const Model& model, const Unit& unit,
                            std::pair<int, int> room) {
  const std::string& phase = problem.phases[unit.phase].id;
  if (unit.split_over_phases) {
    return {LeftCode::kPhaseOrder,
            {"Its group $0 has items of more than one phase",
             {problem.items[unit.items.front()].group}}};
  }
  return {LeftCode::kPhaseOrder,
          {"The other phases leave the phase $0 the days from $1 to $2 only",
           {phase, DayText(model, room.first), DayText(model, room.second)}}};
}

LeftReason ReasonFor(unsigned rule, const PlanProblem& problem, const State& state,
                     const Unit& unit, std::pair<int, int> room) {
  const Model& model = state.model();
  const Item& item = problem.items[unit.items.front()];
  const Window& window = model.windows[unit.window];
  switch (rule) {
    case kRuleTeamSite:
      return {LeftCode::kNoTeamForSite, {"No team that could take it serves $0", {item.site}}};
    case kRuleNotReady:
      return {LeftCode::kNotReadyInTime,
              {"It may be placed from $0 to $1 only",
               {DayText(model, window.first), DayText(model, window.last)}}};
    case kRuleBlackout:
      return {LeftCode::kBlackedOut,
              {"The days it could have are blacked out for $0", {item.department}}};
    case kRuleDeadline:
      return {LeftCode::kDeadline,
              {"The phase $0 must be done by $1",
               {item.phase, DayText(model, model.phases[unit.phase].deadline)}}};
    case kRulePhaseStart:
      return {LeftCode::kPhaseOrder,
              {"The phase $0 may not begin before $1",
               {item.phase, DayText(model, model.phases[unit.phase].not_before)}}};
    case kRulePool: {
      const auto [pool, count] = PoolTooSmall(model, unit);
      if (pool >= 0) {
        return {LeftCode::kGroupTooLarge,
                {"Its group has $0 items of $1, of which $2 may be away on one day",
                 {std::to_string(count), model.pool_names[pool],
                  std::to_string(model.pool_limit[pool])}}};
      }
      return {LeftCode::kPoolLimit,
              {"Others of $0 take all its days up to the daily limit", {FirstPool(model, unit)}}};
    }
    case kRuleHelpDesk:
      return {LeftCode::kHelpDesk, {"The help desk has no room on the days it could have", {}}};
    case kRulePhaseOrder:
      return PhaseOrderReason(problem, model, unit, room);
    case kRuleGroup:
    case kRuleCapacity:
    default:
      return CapacityReason(model, unit);
  }
}

}  // namespace

std::vector<LeftReason> ReasonsFor(const PlanProblem& problem, const State& state, int unit) {
  const Model& model = state.model();
  const Unit& row = model.units[unit];
  const std::pair<int, int> room = state.PhaseRoom(row.phase);
  unsigned everywhere = ~0u, anywhere = 0, competing = 0;
  bool open = false;
  for (int cell = 0; cell < model.cell_count(); ++cell) {
    if (!model.IsOpen(cell) || (row.forced_cell >= 0 && row.forced_cell != cell)) continue;
    open = true;
    const unsigned broken = state.BrokenRules(unit, cell, room);
    everywhere &= broken;
    anywhere |= broken;
    if ((broken & kStaticRules) == 0) competing |= broken;
  }
  if (!open) {
    return {{LeftCode::kNoOpenSlot, {"No team works in any slot of the calendar", {}}}};
  }
  unsigned named = everywhere;
  if (named == 0) named = competing;
  if (named == 0) named = anywhere;
  std::vector<LeftReason> reasons;
  for (unsigned rule = kRuleTeamSite; rule <= kRuleGroup; rule <<= 1) {
    if ((named & rule) == 0) continue;
    LeftReason reason = ReasonFor(rule, problem, state, row, room);
    const bool seen = std::any_of(reasons.begin(), reasons.end(),
                                  [&](const LeftReason& r) { return r.code == reason.code; });
    if (!seen) reasons.push_back(std::move(reason));
  }
  return reasons;
}

Message NoHelp() {
  return {
      "No other deadline, longer calendar, larger or further team, share or limit would place it "
      "and "
      "leave no other out: change the item itself, its group, its days or the blackouts",
      {}};
}

}  // namespace kirikae::planner
