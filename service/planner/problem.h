// What is to be planned: devices (items), teams, days, and the rules a plan obeys.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"

namespace kirikae::planner {

/// Which days work is done on. A day is open when it lies within first_day..last_day (both
/// included), its weekday is in `weekly_open` or it is in `open_days`,
/// and it is not in `closed_days`. `slots` names the parts of an open day in their order; empty
/// means one, "day".
struct Calendar {
  absl::CivilDay first_day;
  absl::CivilDay last_day;
  std::vector<absl::Weekday> weekly_open;
  std::vector<absl::CivilDay> closed_days;
  std::vector<absl::CivilDay> open_days;
  std::vector<std::string> slots;

  friend bool operator==(const Calendar&, const Calendar&) = default;
};

/// A dated change of a team's capacity. An absent date, an absent weekday or an empty slot matches
/// all. Of the rows that match a slot, the last `set` counts; then every `add` is added. The result
/// is never below 0. Adding to an absent limit leaves it absent.
struct CapacityChange {
  std::optional<absl::CivilDay> from;
  std::optional<absl::CivilDay> to;
  std::optional<absl::Weekday> weekday;
  std::string slot;
  std::optional<int64_t> set_minutes;
  int64_t add_minutes = 0;
  std::optional<int64_t> set_devices;
  int64_t add_devices = 0;

  friend bool operator==(const CapacityChange&, const CapacityChange&) = default;
};

/// A team. An absent limit does not bind, but at least one of the two must be there; 0 means
/// closed. Empty `sites` means every site.
struct Team {
  std::string id;
  std::optional<int64_t> minutes_per_slot;
  std::optional<int64_t> devices_per_slot;
  std::vector<std::string> sites;
  std::vector<CapacityChange> changes;

  friend bool operator==(const Team&, const Team&) = default;
};

/// A phase of the rollout; the list gives the order. After its last placement, `soak_days` open
/// days pass before the next phase with placements may begin.
struct Phase {
  std::string id;
  std::optional<absl::CivilDay> not_before;
  std::optional<absl::CivilDay> deadline;
  int64_t soak_days = 0;

  friend bool operator==(const Phase&, const Phase&) = default;
};

/// How many of a pool's items may be away on one open day: max(1, floor(share * size + 1e-9)), and
/// also at most `daily_limit` when it is not 0. `size` defaults to the number of items in the pool,
/// fixed ones included. A department without a share takes the policy's; any other pool without one
/// has none.
struct Pool {
  std::string id;
  std::optional<int64_t> size;
  std::optional<double> daily_share;
  int64_t daily_limit = 0;

  friend bool operator==(const Pool&, const Pool&) = default;
};

/// A (day, slot, team) an item is placed in. `slot` is a name of Calendar::slots.
struct Position {
  absl::CivilDay day;
  std::string slot;
  std::string team;

  friend bool operator==(const Position&, const Position&) = default;
};

/// A device to migrate. It belongs to the pool of its department (none when empty) and to those
/// in `pools`. Items of one non-empty `group` go to one slot and team together.
struct Item {
  std::string id;
  int64_t minutes = 0;
  std::string phase;
  std::string department;
  std::string site;
  std::vector<std::string> pools;
  std::string group;
  std::optional<absl::CivilDay> not_before;
  std::optional<absl::CivilDay> not_after;
  double weight = 1;
  std::optional<Position> fixed;
  std::optional<Position> published;

  friend bool operator==(const Item&, const Item&) = default;
};

/// Days on which matching items are not placed. An absent date is open-ended; an empty field
/// matches all; `department` covers itself and everything below it ("a" covers "a" and "a/b").
struct Blackout {
  std::optional<absl::CivilDay> from;
  std::optional<absl::CivilDay> to;
  std::string department;
  std::string site;
  std::string phase;

  friend bool operator==(const Blackout&, const Blackout&) = default;
};

/// `tickets_per_device`: tickets expected k open days after a placement. `daily_limit`: tickets
/// that the help desk takes a day (0: no limit). `carried`: tickets still expected of devices that
/// are not items, on the first open day, the second and so on. A day whose carried tickets exceed
/// the limit takes no further ticket.
struct HelpDesk {
  std::vector<double> tickets_per_device;
  double daily_limit = 0;
  std::vector<double> carried = {};

  friend bool operator==(const HelpDesk&, const HelpDesk&) = default;
};

/// PLACED: most weight. FINISH: earliest last day, phase by phase. STABILITY: least disturbance of
/// `published`. VISITS: fewest (team, site, slot). LEVEL: least difference between the fullest and
/// the emptiest used day, in devices.
enum class Objective { kPlaced, kFinish, kStability, kVisits, kLevel };

/// Capacity that is held back for devices whose attempt fails. `share` (0 to 1): of the minutes and
/// of the devices of each team in each slot. A limit of devices stays at least 1, and fixed items
/// keep what they use. `days`: open days after each phase, in addition to its soak, before the next
/// one may begin; only between phases after the last one that has fixed items.
struct Reserve {
  double share = 0;
  int64_t days = 0;

  friend bool operator==(const Reserve&, const Reserve&) = default;
};

struct Policy {
  double department_daily_share = 1.0;
  int64_t visit_minutes = 0;
  HelpDesk help_desk;
  /// Most important first. Empty means the order of the enum.
  std::vector<Objective> objectives;
  Reserve reserve = {};

  friend bool operator==(const Policy&, const Policy&) = default;
};

/// The whole problem; a plain value. Check it with Validate() before using it.
struct PlanProblem {
  Calendar calendar;
  std::vector<Team> teams;
  std::vector<Phase> phases;
  std::vector<Pool> pools;
  std::vector<Item> items;
  std::vector<Blackout> blackouts;
  Policy policy;

  friend bool operator==(const PlanProblem&, const PlanProblem&) = default;
};

}  // namespace kirikae::planner
