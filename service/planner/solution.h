// The solver's result: placements, items left out with reasons, and the quality of the plan.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/civil_time.h"
#include "service/domain/sentence.h"
#include "service/planner/change.h"
#include "service/planner/problem.h"

namespace kirikae::planner {

/// kOptimal: everything is placed and every phase ends on its proven bound. kFeasible: everything
/// is placed, a gap to a bound remains. kPartial: something is left out. kInfeasible: nothing can
/// be placed.
enum class Status { kOptimal, kFeasible, kPartial, kInfeasible };

struct Placement {
  std::string item;
  absl::CivilDay day;
  std::string slot;
  std::string team;

  friend bool operator==(const Placement&, const Placement&) = default;
};

enum class LeftCode {
  kNoOpenSlot,
  kNotReadyInTime,
  kBlackedOut,
  kDeadline,
  kCapacity,
  kPoolLimit,
  kGroupTooLarge,
  kNoTeamForSite,
  kPhaseOrder,
  kHelpDesk,
};

struct LeftReason {
  LeftCode code = LeftCode::kCapacity;
  domain::Sentence text;

  friend bool operator==(const LeftReason&, const LeftReason&) = default;
};

struct Left {
  std::string item;
  std::vector<LeftReason> reasons;

  friend bool operator==(const Left&, const Left&) = default;
};

/// What proves a phase's last-day bound. kSearch: an exhaustive search found nothing earlier.
enum class BoundBy {
  kNone,
  kCapacity,
  kDeviceCount,
  kPoolLimit,
  kNotReady,
  kNotBefore,
  kPhaseOrder,
  kBlackout,
  kHelpDesk,
  kFixed,
  kSearch,
};

/// One row per phase, in the problem's order. The days are absent when nothing of the phase is
/// placed; the bound is absent when none is known. No plan that is best on PLACED and on the
/// earlier phases has an earlier last day than `last_day_bound`.
struct PhaseResult {
  std::string id;
  std::optional<absl::CivilDay> first_day;
  std::optional<absl::CivilDay> last_day;
  std::optional<absl::CivilDay> last_day_bound;
  BoundBy bound_by = BoundBy::kNone;

  friend bool operator==(const PhaseResult&, const PhaseResult&) = default;
};

/// PLACED is a weight with an upper bound. The others have lower bounds. FINISH is the number of
/// open days from the calendar's first one to the last one used, both included. STABILITY is a
/// cost; its bound holds for plans with the same last days. VISITS is a count. LEVEL is a number of
/// devices.
struct ObjectiveResult {
  Objective name = Objective::kPlaced;
  double value = 0;
  double bound = 0;

  friend bool operator==(const ObjectiveResult&, const ObjectiveResult&) = default;
};

/// Items left out for the same reasons, of one group or, without a group, of one department.
struct LeftGroup {
  /// The codes of the reasons in their order, each once.
  std::vector<LeftCode> codes;
  /// The reasons that all of the items have word for word.
  std::vector<LeftReason> reasons;
  /// Empty for items that go by their department.
  std::string group;
  /// The department; of a group, that of its first item.
  std::string department;
  /// Ids, in the problem's order. Minutes and weight are their sums.
  std::vector<std::string> items;
  int64_t minutes = 0;
  double weight = 0;

  friend bool operator==(const LeftGroup&, const LeftGroup&) = default;
};

/// What a change of a relaxation changes.
enum class MeasureKind {
  kDeadline,
  kCalendar,
  kTeamMinutes,
  kTeamDevices,
  kShare,
  kPoolLimit,
  kHelpDesk,
  kAddedTeam,
};

/// How large a change is. `subject` is the phase, team or pool; empty: all departments, or nothing
/// in particular. UnitOf(kind) is the unit of `amount`.
struct Measure {
  MeasureKind kind = MeasureKind::kDeadline;
  std::string subject;
  int64_t amount = 0;

  friend bool operator==(const Measure&, const Measure&) = default;
};

/// A way to place items that are left out for lack of something: the smallest single change found
/// or, when no single change helps, several together. Apply(changes, nullptr, problem) makes the
/// changes. The changed problem, solved again, places all of `places`. It leaves out nothing that
/// was placed before, except `leaves` where items exclude each other.
struct Relaxation {
  std::vector<Change> changes;
  /// `changes` in words, one sentence each.
  std::vector<domain::Sentence> change;
  /// How large each of `changes` is.
  std::vector<Measure> measures;
  /// What the changes achieve and, where known, what is short and by how much.
  std::vector<domain::Sentence> effect;
  /// Ids of items, in the problem's order.
  std::vector<std::string> places;
  std::vector<std::string> leaves;
  /// Number of items that are left out with the changes (of a step: and those before it).
  int64_t left_count = 0;

  friend bool operator==(const Relaxation&, const Relaxation&) = default;
};

struct PlanSolution {
  Status status = Status::kInfeasible;
  /// In the problem's order of items.
  std::vector<Placement> placements;
  std::vector<Left> left;
  /// The same items in groups; see GroupLeft().
  std::vector<LeftGroup> left_groups;
  std::vector<PhaseResult> phases;
  /// In the order of the policy's objectives.
  std::vector<ObjectiveResult> objectives;
  std::vector<Relaxation> relaxations;
  /// The same as steps to be made one after another, the one that helps most first: the changes of
  /// a step hold together with those of the steps before it. All together they place what the first
  /// relaxation places.
  std::vector<Relaxation> relaxation_steps;
  /// The work done, counted by the solver; the same on every machine.
  int64_t steps = 0;
  /// The caller's time limit ended the search early.
  bool stopped = false;

  friend bool operator==(const PlanSolution&, const PlanSolution&) = default;
};

/// The names of the file form and of the API: "OPTIMAL", "POOL_LIMIT", "FINISH".
std::string_view Name(Status status);
std::string_view Name(LeftCode code);
std::string_view Name(BoundBy bound_by);
std::string_view Name(Objective objective);
std::string_view Name(MeasureKind kind);

/// "DAYS", "MINUTES" (a slot), "DEVICES" (a slot or a day), "PERCENT_POINTS", "TICKETS" (a day) or
/// "TEAMS".
std::string_view UnitOf(MeasureKind kind);

}  // namespace kirikae::planner
