// Single changes of a problem: a what-if asks for them, a relaxation offers them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/time/civil_time.h"
#include "service/planner/problem.h"
#include "service/planner/validate.h"

namespace kirikae::planner {

struct PlanSolution;

/// The gate after `phase` fails and costs `open_days` more open days before the next phase begins.
struct DelayGate {
  std::string phase;
  int64_t open_days = 0;

  friend bool operator==(const DelayGate&, const DelayGate&) = default;
};

/// `phase` begins `open_days` open days later. Counted from the phase's first day in the plan that
/// is compared; without such a plan, from the phase's own earliest day, else the calendar's first
/// day.
struct DelayPhase {
  std::string phase;
  int64_t open_days = 0;

  friend bool operator==(const DelayPhase&, const DelayPhase&) = default;
};

/// `phase` has to be done by `deadline`; absent: no deadline.
struct MoveDeadline {
  std::string phase;
  std::optional<absl::CivilDay> deadline;

  friend bool operator==(const MoveDeadline&, const MoveDeadline&) = default;
};

/// A dated change of the capacity of `team`; empty: of every team. A team's absence is set_minutes
/// = set_devices = 0 on the days from..to.
struct ChangeCapacity {
  std::string team;
  CapacityChange change;

  friend bool operator==(const ChangeCapacity&, const ChangeCapacity&) = default;
};

/// Sets the daily share (0 to 1) of `pool`: a department's path or another pool's id. Empty: the
/// policy's share, for departments without a share of their own.
struct ChangeShare {
  std::string pool;
  double share = 1;

  friend bool operator==(const ChangeShare&, const ChangeShare&) = default;
};

/// A department, site or phase that can't be touched on some days.
struct AddBlackout {
  Blackout blackout;

  friend bool operator==(const AddBlackout&, const AddBlackout&) = default;
};

/// One more team.
struct AddTeam {
  Team team;

  friend bool operator==(const AddTeam&, const AddTeam&) = default;
};

/// Tickets the help desk takes a day; 0: no limit.
struct ChangeHelpDesk {
  double daily_limit = 0;

  friend bool operator==(const ChangeHelpDesk&, const ChangeHelpDesk&) = default;
};

/// Raises a team's own limits in every slot that it works in. Limits that dated changes set stay,
/// so a closed slot stays closed. A limit that the team does not have stays absent.
struct RaiseTeam {
  std::string team;
  int64_t add_minutes = 0;
  int64_t add_devices = 0;

  friend bool operator==(const RaiseTeam&, const RaiseTeam&) = default;
};

/// The calendar goes on until `last_day`.
struct ExtendCalendar {
  absl::CivilDay last_day;

  friend bool operator==(const ExtendCalendar&, const ExtendCalendar&) = default;
};

/// How many items of a pool may be away on one day, in addition to the limit by its share; 0: no
/// such limit.
struct ChangePoolLimit {
  std::string pool;
  int64_t daily_limit = 0;

  friend bool operator==(const ChangePoolLimit&, const ChangePoolLimit&) = default;
};

using Change =
    std::variant<DelayGate, DelayPhase, MoveDeadline, ChangeCapacity, ChangeShare, AddBlackout,
                 AddTeam, ChangeHelpDesk, RaiseTeam, ExtendCalendar, ChangePoolLimit>;

/// A team that does not work from..to, both included.
ChangeCapacity TeamAway(std::string team, absl::CivilDay from, absl::CivilDay to);

/// Applies `changes` to `problem` in their order. Returns every fault of the changes with its path
/// (`changes[2].phase`); after a fault, `problem` is in an unspecified state. DelayPhase counts
/// from `before`, which may be null. Validate() says whether the changed problem can be solved.
std::vector<Fault> Apply(const std::vector<Change>& changes, const PlanSolution* before,
                         PlanProblem& problem);

}  // namespace kirikae::planner
