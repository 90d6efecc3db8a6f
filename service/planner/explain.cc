#include "service/planner/explain.h"

#include <string>
#include <unordered_map>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "service/planner/bound.h"
#include "service/planner/model.h"
#include "service/planner/state.h"
#include "service/planner/validate.h"

namespace kirikae::planner {
namespace {

using domain::Sentence;

constexpr unsigned kNotAllowed = kRuleClosed | kRuleTeamSite | kRuleNotReady | kRuleBlackout |
                                 kRuleDeadline | kRulePhaseStart | kRuleGroup;

Position PositionOf(const Model& model, int cell) {
  return {model.days[model.DayOf(cell)], model.slot_names[model.SlotOf(cell)],
          model.team_names[model.TeamOf(cell)]};
}

absl::Status Rebuild(const PlanProblem& problem, const PlanSolution& solution, State& state) {
  const Model& model = state.model();
  std::unordered_map<std::string, size_t> items;
  for (size_t i = 0; i < problem.items.size(); ++i) items.emplace(problem.items[i].id, i);
  for (const Placement& placement : solution.placements) {
    const auto item = items.find(placement.item);
    const int cell = model.CellOf({placement.day, placement.slot, placement.team});
    if (item == items.end() || cell < 0) {
      return absl::InvalidArgumentError(
          absl::StrCat("the solution places ", placement.item, " where the problem has nothing"));
    }
    const int unit = model.unit_of_item[item->second];
    if (state.CellOf(unit) < 0) state.Place(unit, cell);
  }
  return absl::OkStatus();
}

std::vector<LeftReason> HeldOffBy(const State& state, int unit, int cell, unsigned broken,
                                  std::pair<int, int> room) {
  const Model& model = state.model();
  const Unit& row = model.units[unit];
  const int day = model.DayOf(cell);
  std::vector<LeftReason> reasons;
  if (broken & kRuleCapacity) {
    reasons.push_back(
        {LeftCode::kCapacity,
         {"The team $0 has no room left there for $1 minutes",
          {model.team_names[model.TeamOf(cell)], std::to_string(state.AddedMinutes(row, cell))}}});
  }
  if (broken & kRulePool) {
    for (const auto& [pool, count] : row.pools) {
      if (state.PoolUse(pool, day) + count <= model.pool_limit[pool]) continue;
      reasons.push_back({LeftCode::kPoolLimit,
                         {"$0 has $1 of at most $2 away that day",
                          {model.pool_names[pool], std::to_string(state.PoolUse(pool, day)),
                           std::to_string(model.pool_limit[pool])}}});
    }
  }
  if (broken & kRuleHelpDesk) {
    reasons.push_back({LeftCode::kHelpDesk,
                       {"The help desk would have more than $0 tickets on a day",
                        {absl::StrCat(model.ticket_limit)}}});
  }
  if (broken & kRulePhaseOrder) {
    const bool before = day < room.first;
    reasons.push_back({LeftCode::kPhaseOrder,
                       before ? Sentence{"The phase before and its soak leave no day before $0",
                                         {room.first < model.day_count()
                                              ? absl::FormatCivilTime(model.days[room.first])
                                              : "-"}}
                              : Sentence{"The next phase has begun by then", {}}});
  }
  return reasons;
}

}  // namespace

absl::StatusOr<Explanation> Explain(const PlanProblem& problem, const PlanSolution& solution,
                                    std::string_view item) {
  if (!Validate(problem).empty()) return absl::InvalidArgumentError("the problem has faults");
  size_t index = 0;
  while (index < problem.items.size() && problem.items[index].id != item) ++index;
  if (index == problem.items.size()) {
    return absl::NotFoundError(
        absl::StrCat("no item is called ", absl::string_view(item.data(), item.size())));
  }
  const Model model = BuildModel(problem);
  State state(model);
  if (absl::Status status = Rebuild(problem, solution, state); !status.ok()) return status;
  const int unit = model.unit_of_item[index];
  const int placed = state.CellOf(unit);
  Explanation explanation;
  if (placed >= 0) {
    explanation.placed = PositionOf(model, placed);
    state.Remove(unit);
  }
  State alone(model);
  if (alone.CellOf(unit) >= 0) alone.Remove(unit);
  const auto [first, last] = alone.PhaseRoom(model.units[unit].phase);
  const int day = EarliestAlone(alone, unit, first);
  if (day < model.day_count() && day <= last) explanation.earliest_alone = model.days[day];
  const std::pair<int, int> room = state.PhaseRoom(model.units[unit].phase);
  const int end = placed < 0 ? model.cell_count()
                             : placed - model.TeamOf(placed);  // the same slot is not earlier
  for (int cell = 0; cell < end; ++cell) {
    const unsigned broken = state.BrokenRules(unit, cell, room);
    if (broken & kNotAllowed) continue;
    explanation.earlier.push_back(
        {PositionOf(model, cell), HeldOffBy(state, unit, cell, broken, room)});
  }
  return explanation;
}

}  // namespace kirikae::planner
