// What the solver gives back: placements, what is left out and why, and how good it is.
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

/// kOptimal: all placed, and FINISH equals its proven bound in every phase. kFeasible: all
/// placed, a gap remains. kPartial: something is left out. kInfeasible: nothing can be placed.
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

/// One row a phase of the problem, in its order. The days are absent when nothing of the phase is
/// placed; the bound is absent when none is known. No plan that is best on PLACED and on the
/// phases before has an earlier last day than `last_day_bound`.
struct PhaseResult {
  std::string id;
  std::optional<absl::CivilDay> first_day;
  std::optional<absl::CivilDay> last_day;
  std::optional<absl::CivilDay> last_day_bound;
  BoundBy bound_by = BoundBy::kNone;

  friend bool operator==(const PhaseResult&, const PhaseResult&) = default;
};

/// PLACED is a weight (bound from above). FINISH is the number of open days from the first of the
/// calendar to the last one used, both counted. STABILITY is a cost, VISITS a count, LEVEL a
/// number of devices. The bounds of the last four are from below; that of STABILITY holds for plans
/// with the same last days.
struct ObjectiveResult {
  Objective name = Objective::kPlaced;
  double value = 0;
  double bound = 0;

  friend bool operator==(const ObjectiveResult&, const ObjectiveResult&) = default;
};

/// A way to place what is left out for want of something: the smallest single change found, or,
/// where no single one does it, several together. Apply(changes, nullptr, problem) makes it; solved
/// again, the problem then leaves none of `places` out, nor of what was placed before any but,
/// where items exclude each other, some of `leaves`.
struct Relaxation {
  std::vector<Change> changes;
  /// `changes` for people, one each.
  std::vector<domain::Sentence> change;
  /// What it brings, and what is short by how much where that is known.
  std::vector<domain::Sentence> effect;
  /// Ids of items, in the order of the problem's.
  std::vector<std::string> places;
  std::vector<std::string> leaves;

  friend bool operator==(const Relaxation&, const Relaxation&) = default;
};

struct PlanSolution {
  Status status = Status::kInfeasible;
  /// In the order of the problem's items.
  std::vector<Placement> placements;
  std::vector<Left> left;
  std::vector<PhaseResult> phases;
  /// In the order of the policy's objectives.
  std::vector<ObjectiveResult> objectives;
  std::vector<Relaxation> relaxations;
  /// Work done, counted by the solver itself; the same on every machine.
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

}  // namespace kirikae::planner
