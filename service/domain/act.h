// The acts that change sets record, as one closed set with traits.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "service/domain/values.h"

namespace kirikae::domain {

/// What was done, by a person or by the daemon. Each act has a canonical UPPER_SNAKE name under
/// which it is stored; a stored name never changes.
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
  // Waves and phases. kPhaseWaiting and the following are in the order of PhaseState.
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
  // Later ones; where they belong is in their names.
  kCorrectMethod,
  kProposeRollout,
  kAcceptProposal,
  kDeclineProposal,
  kAcceptLoss,
  kRestoreBackup,
  kUseAuditKey,
  kDropUnready,
};

/// What holds for every change set of an act.
struct ActTraits {
  bool touches_rollouts;  ///< it may change records whose names begin with `rollouts/`
  bool is_mark;           ///< it records what happened at devices
  /// What an undo takes back, in words of the catalogue: "device changes"; "" where it takes back
  /// nothing.
  std::string_view undoes;

  bool Undoable() const { return !undoes.empty(); }
};

ActTraits TraitsOf(Act act);

/// All that an undo takes back: what any act `undoes`, each once, in the order of the acts.
std::vector<std::string> KindsOfUndo();

/// The act that records a mark.
Act ActOf(Outcome outcome);
/// The act that records that a phase reached this state by its own rules.
Act ActOf(PhaseState state);

/// The canonical name, such as `MARK_MIGRATED`; "" for a value outside the set.
template <>
std::string_view Name<Act>(Act act);
/// The act with this canonical name; absent for any other text, such as the stored act of a newer
/// program.
template <>
std::optional<Act> FromName<Act>(std::string_view name);

}  // namespace kirikae::domain
