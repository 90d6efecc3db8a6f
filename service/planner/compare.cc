#include "service/planner/compare.h"

#include <algorithm>
#include <map>
#include <utility>

#include "service/planner/model.h"

namespace kirikae::planner {
namespace {

constexpr int64_t kNearDays = 5;

Position PositionOf(const Placement& placement) {
  return {placement.day, placement.slot, placement.team};
}

void Count(const ItemMove& move, MoveCounts& counts) {
  counts.cost += move.cost;
  if (move.added()) {
    ++counts.added;
  } else if (move.dropped()) {
    ++counts.dropped;
  } else if (move.day_changed()) {
    ++(move.after->day < move.before->day ? counts.earlier : counts.later);
  } else if (move.slot_changed() || move.team_changed()) {
    ++counts.within_day;
  } else {
    ++counts.unchanged;
  }
}

absl::CivilDay DayOf(const ItemMove& move) {
  return move.before.has_value() ? move.before->day : move.after->day;
}

// The STABILITY cost of moving one item: 1 for another day or for dropping out, 2 more when the
// old day is before the calendar's sixth open day; 0.25 for another slot or team on the same day.
// `open_days`: the open days of the new plan's calendar.
double DisturbanceOf(const Position& before, const std::optional<Position>& after,
                     const std::vector<absl::CivilDay>& open_days) {
  if (after.has_value() && after->day == before.day) return *after == before ? 0 : 0.25;
  const auto earlier = std::lower_bound(open_days.begin(), open_days.end(), before.day);
  return earlier - open_days.begin() < kNearDays ? 3 : 1;
}

}  // namespace

Departments DepartmentsOf(const PlanProblem& problem) {
  Departments departments;
  for (const Item& item : problem.items) departments.emplace(item.id, item.department);
  return departments;
}

PlanDifference ComparePlans(const std::vector<Placement>& before,
                            const std::vector<Placement>& after, const Departments& departments,
                            const Calendar& calendar) {
  const std::vector<absl::CivilDay> days = OpenDays(calendar);
  std::map<std::string, ItemMove> moves;
  for (const Placement& row : before) moves[row.item].before = PositionOf(row);
  for (const Placement& row : after) moves[row.item].after = PositionOf(row);
  PlanDifference difference;
  std::map<std::string, MoveCounts> by_department;
  for (auto& [item, move] : moves) {
    move.item = item;
    if (const auto at = departments.find(item); at != departments.end()) {
      move.department = at->second;
    }
    if (move.before.has_value()) move.cost = DisturbanceOf(*move.before, move.after, days);
    Count(move, by_department[move.department]);
    Count(move, difference.total);
    if (move.before != move.after) difference.moves.push_back(std::move(move));
  }
  std::stable_sort(difference.moves.begin(), difference.moves.end(),
                   [](const ItemMove& a, const ItemMove& b) { return DayOf(a) < DayOf(b); });
  for (auto& [department, counts] : by_department) {
    difference.departments.push_back({department, counts});
  }
  return difference;
}

PlanDifference ComparePlans(const PlanProblem& problem, const PlanSolution& before,
                            const PlanSolution& after) {
  return ComparePlans(before.placements, after.placements, DepartmentsOf(problem),
                      problem.calendar);
}

}  // namespace kirikae::planner
