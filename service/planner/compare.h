// The difference between two plans: which items move, are added or are dropped.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "service/planner/problem.h"
#include "service/planner/solution.h"

namespace kirikae::planner {

/// Where an item is in the old and the new plan; absent: not in that plan. `cost` is the item's
/// part of the STABILITY cost (see Disturbance); an added item costs 0.
struct ItemMove {
  std::string item;
  std::string department;
  std::optional<Position> before;
  std::optional<Position> after;
  double cost = 0;

  bool day_changed() const { return before && after && before->day != after->day; }
  bool slot_changed() const { return before && after && before->slot != after->slot; }
  bool team_changed() const { return before && after && before->team != after->team; }
  bool added() const { return !before && after; }
  bool dropped() const { return before && !after; }

  friend bool operator==(const ItemMove&, const ItemMove&) = default;
};

/// Counts of items: moved to an earlier or later day, moved within the day (another slot or team),
/// added, dropped, unchanged.
struct MoveCounts {
  int64_t earlier = 0;
  int64_t later = 0;
  int64_t within_day = 0;
  int64_t added = 0;
  int64_t dropped = 0;
  int64_t unchanged = 0;
  double cost = 0;

  int64_t changed() const { return earlier + later + within_day + added + dropped; }
  friend bool operator==(const MoveCounts&, const MoveCounts&) = default;
};

struct DepartmentMoves {
  std::string department;
  MoveCounts counts;

  friend bool operator==(const DepartmentMoves&, const DepartmentMoves&) = default;
};

struct PlanDifference {
  /// Only items that changed, ordered by the old day (the new day for added items), then by item.
  std::vector<ItemMove> moves;
  /// Every department with an item in either plan, by name.
  std::vector<DepartmentMoves> departments;
  MoveCounts total;

  friend bool operator==(const PlanDifference&, const PlanDifference&) = default;
};

/// The department by item. An item that is not in the map counts under "".
using Departments = std::unordered_map<std::string, std::string>;

Departments DepartmentsOf(const PlanProblem& problem);

/// The differences from `before` to `after`. The two plans need not have the same items. `calendar`
/// is the new plan's.
PlanDifference ComparePlans(const std::vector<Placement>& before,
                            const std::vector<Placement>& after, const Departments& departments,
                            const Calendar& calendar);

/// The same for two solutions of (a variant of) one problem.
PlanDifference ComparePlans(const PlanProblem& problem, const PlanSolution& before,
                            const PlanSolution& after);

}  // namespace kirikae::planner
