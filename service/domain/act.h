// The acts that change sets record: what was done, as one closed set with its traits.
#pragma once

#include <optional>
#include <string_view>

#include "service/domain/values.h"

namespace kirikae::domain {

/// What was done, by a person or by the daemon itself. Each has its canonical UPPER_SNAKE name,
/// under which it is stored; a name that is stored once never changes.
enum class Act {
  kFirstStart = 1,
  kUndo,
  // Devices and staff.
  kCreateDevice,
  kUpdateDevice,
  kBatchUpdateDevices,
  kRetireDevice,
  kRestoreDevice,
  kGrantException,
  kEndException,
  kExceptionEnded,
  kUpdateStaff,
  // Imports.
  kPreviewImport,
  kApplyImport,
  kSaveProfile,
  kDeleteProfile,
  // The calendar.
  kSetDay,
  kClearDay,
  kImportHolidays,
  // Marks, in the order of Outcome.
  kMarkMigrated,
  kMarkFailed,
  kMarkVerified,
  kMarkRolledBack,
  kMarkDeferred,
  kMarkExempt,
  // Rollouts and plans.
  kApplyRollout,
  kStartRollout,
  kPauseRollout,
  kResumeRollout,
  kCancelRollout,
  kCompleteRollout,
  kCreatePlan,
  kSubmitPlan,
  kApprovePlan,
  kRejectPlan,
  // Waves and phases; kPhaseWaiting and those after it in the order of PhaseState.
  kStartWave,
  kFinishWave,
  kSoakPassed,
  kHoldPhase,
  kReleasePhase,
  kOverrideGate,
  kPhaseWaiting,
  kPhaseOpen,
  kPhaseSoaking,
  kPhaseGate,
  kPhasePassed,
  kPhaseHeld,
  // Access.
  kCreateToken,
  kRevokeToken,
  // The machine.
  kAcceptClock,
};

/// What is true of every change set of an act.
struct ActTraits {
  bool touches_rollouts;  ///< it may change records whose names begin with `rollouts/`
  bool undoable;          ///< an undo may take it back
  bool is_mark;           ///< it records what happened at devices
};

ActTraits TraitsOf(Act act);

/// The act that records a mark.
Act ActOf(Outcome outcome);
/// The act that records that a phase has come to this state by its own rules.
Act ActOf(PhaseState state);

/// The canonical name, such as `MARK_MIGRATED`; "" for a value outside the set.
template <>
std::string_view Name<Act>(Act act);
/// The act with this canonical name; nothing for another text: a stored one may be of a newer
/// program.
template <>
std::optional<Act> FromName<Act>(std::string_view name);

}  // namespace kirikae::domain
