// What differs between two plans: who moves, who comes in, who drops out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "service/planner/problem.h"
#include "service/planner/solution.h"

namespace kirikae::planner {

/// Where an item stood and stands; absent: not in that plan. `cost` is its share of STABILITY's
/// cost (see DisturbanceOf); an item that is new costs nothing.
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

/// How many items: on another day (earlier, later), on the same day in another slot or with
/// another team, new, dropped, and as before.
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
  /// What changed only, by the day it concerns (the old one, else the new one), then by item.
  std::vector<ItemMove> moves;
  /// Departments with anything in either plan, by name.
  std::vector<DepartmentMoves> departments;
  MoveCounts total;

  friend bool operator==(const PlanDifference&, const PlanDifference&) = default;
};

/// Departments by item; an item not in it counts under "".
using Departments = std::unordered_map<std::string, std::string>;

Departments DepartmentsOf(const PlanProblem& problem);

/// What moving one item costs by the STABILITY objective of planner.md: 1 for another day (or for
/// dropping out), 2 more when the old day is before the calendar's sixth open day; 0.25 for another
/// slot or team alone. `open_days` are those of the calendar that the new plan is made for.
double DisturbanceOf(const Position& before, const std::optional<Position>& after,
                     const std::vector<absl::CivilDay>& open_days);

/// Differences from `before` to `after`. Items need not be in both. `calendar` is the new plan's.
PlanDifference ComparePlans(const std::vector<Placement>& before,
                            const std::vector<Placement>& after, const Departments& departments,
                            const Calendar& calendar);

/// The same for two solutions of (a variant of) one problem.
PlanDifference ComparePlans(const PlanProblem& problem, const PlanSolution& before,
                            const PlanSolution& after);

}  // namespace kirikae::planner
