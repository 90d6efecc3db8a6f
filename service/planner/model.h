// A problem compiled to indices: open days, cells, pools, units and classes of equal units.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/civil_time.h"
#include "service/planner/problem.h"

namespace kirikae::planner {

/// Stands for a limit that is absent; sums of a few of these do not overflow.
inline constexpr int64_t kUnlimited = int64_t{1} << 56;

/// The days on which a unit may be placed: first..last (open-day numbers) without `blocked`. The
/// deadline and start of its phase are checked elsewhere (AllowedOnDay).
struct Window {
  int first = 0;
  int last = -1;
  std::vector<std::pair<int, int>> blocked;

  friend auto operator<=>(const Window&, const Window&) = default;
};

/// What is placed as a whole: an item, a group, or the unfixed items of a group that also has fixed
/// ones.
struct Unit {
  std::vector<int> items;
  int phase = 0;
  int64_t minutes = 0;
  int64_t devices = 0;
  std::vector<int> sites;
  /// Only pools that can bind, with the number of the unit's items in each.
  std::vector<std::pair<int, int64_t>> pools;
  int window = 0;
  double weight = 0;
  /// The cell of a fixed unit; -1 for a unit to be placed.
  int fixed_cell = -1;
  /// The only cell an unfixed unit may take (its group has fixed items); -1 for any.
  int forced_cell = -1;
  /// A group over two phases: no cell can obey both phases' order.
  bool split_over_phases = false;
  int class_id = -1;
};

struct UnitClass {
  /// Unfixed units that differ only in `published`, in order of items.
  std::vector<int> units;
};

struct PhaseRow {
  int not_before = 0;
  /// The last open day up to the deadline, -1 when there is none.
  int deadline = 0;
  int soak = 0;
};

/// Immutable once built. Cells are numbered (day * slots + slot) * teams + team.
struct Model {
  /// The open days; those of a shortened model end with its last day.
  std::vector<absl::CivilDay> days;
  /// The last open day of the calendar, which a shortened model may not have.
  absl::CivilDay last_open_day;
  std::vector<std::string> slot_names;
  int slots = 1;
  int teams = 0;
  std::vector<int64_t> cell_minutes;
  std::vector<int64_t> cell_devices;
  std::vector<std::string> site_names;
  /// [team][site]
  std::vector<std::vector<char>> serves;
  std::vector<std::string> pool_names;
  std::vector<int64_t> pool_limit;
  std::vector<Window> windows;
  /// [window][day]: how many days up to and including `day` are allowed.
  std::vector<std::vector<int>> allowed_upto;
  std::vector<PhaseRow> phases;
  std::vector<Unit> units;
  std::vector<UnitClass> classes;
  /// By item: its unit.
  std::vector<int> unit_of_item;
  int64_t visit_minutes = 0;
  std::vector<double> tickets;
  double ticket_limit = 0;
  /// By open day, empty without a limit.
  std::vector<double> carried_tickets;

  int day_count() const { return static_cast<int>(days.size()); }
  int cells_per_day() const { return slots * teams; }
  int cell_count() const { return day_count() * cells_per_day(); }
  int DayOf(int cell) const { return cell / cells_per_day(); }
  int SlotOf(int cell) const { return cell / teams % slots; }
  int TeamOf(int cell) const { return cell % teams; }
  bool IsOpen(int cell) const { return cell_minutes[cell] > 0 && cell_devices[cell] > 0; }
  bool Allows(int window, int day) const {
    const std::vector<int>& upto = allowed_upto[window];
    return upto[day + 1] > upto[day];
  }
  int AllowedDays(int window, int from, int to) const {
    return to < from ? 0 : allowed_upto[window][to + 1] - allowed_upto[window][from];
  }
  /// The cell of a position, or -1 when its day, slot or team is not in the calendar.
  int CellOf(const Position& position) const;
  /// First open-day number on or after `day` (day_count() when there is none).
  int FirstOnOrAfter(absl::CivilDay day) const;

  std::vector<std::string> team_names;
};

/// The open days of a calendar, in order.
std::vector<absl::CivilDay> OpenDays(const Calendar& calendar);

/// `problem` must have no reference faults (see Validate).
Model BuildModel(const PlanProblem& problem);
/// The same without the open days after `last_day`; see LastUsefulDay.
Model BuildModel(const PlanProblem& problem, absl::CivilDay last_day);

}  // namespace kirikae::planner
