#include "service/domain/act.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace kirikae::domain {
namespace {

// What a set of traits means: of records outside rollouts; of records under a rollout; of both.
constexpr ActTraits kOutside = {.touches_rollouts = false, .is_mark = false, .undoes = ""};
constexpr ActTraits kRollout = {.touches_rollouts = true, .is_mark = false, .undoes = ""};
constexpr ActTraits kDevice = {
    .touches_rollouts = false, .is_mark = false, .undoes = "device changes"};
constexpr ActTraits kStaff = {
    .touches_rollouts = false, .is_mark = false, .undoes = "staff changes"};
constexpr ActTraits kImport = {
    .touches_rollouts = false, .is_mark = false, .undoes = "applied imports"};
constexpr ActTraits kCalendar = {
    .touches_rollouts = false, .is_mark = false, .undoes = "calendar changes"};
constexpr ActTraits kMark = {.touches_rollouts = true, .is_mark = true, .undoes = "device marks"};
// The daemon's own verification of what was marked.
constexpr ActTraits kVerification = {
    .touches_rollouts = true, .is_mark = false, .undoes = kMark.undoes};

struct Row {
  Act act;
  std::string_view name;
  ActTraits traits;
};

constexpr Row kTable[] = {
    {Act::kFirstStart, "FIRST_START", kOutside},
    {Act::kUndo, "UNDO", kRollout},
    {Act::kCreateDevice, "CREATE_DEVICE", kDevice},
    {Act::kUpdateDevice, "UPDATE_DEVICE", kDevice},
    {Act::kBatchUpdateDevices, "BATCH_UPDATE_DEVICES", kDevice},
    {Act::kRetireDevice, "RETIRE_DEVICE", kDevice},
    {Act::kRestoreDevice, "RESTORE_DEVICE", kDevice},
    {Act::kGrantException, "GRANT_EXCEPTION", kDevice},
    {Act::kEndException, "END_EXCEPTION", kDevice},
    {Act::kExceptionEnded, "EXCEPTION_ENDED", kDevice},
    {Act::kUpdateStaff, "UPDATE_STAFF", kStaff},
    {Act::kPreviewImport, "PREVIEW_IMPORT", kOutside},
    {Act::kApplyImport, "APPLY_IMPORT", kImport},
    {Act::kSaveProfile, "SAVE_PROFILE", kOutside},
    {Act::kDeleteProfile, "DELETE_PROFILE", kOutside},
    {Act::kSetDay, "SET_DAY", kCalendar},
    {Act::kClearDay, "CLEAR_DAY", kCalendar},
    {Act::kImportHolidays, "IMPORT_HOLIDAYS", kCalendar},
    {Act::kMarkMigrated, "MARK_MIGRATED", kMark},
    {Act::kMarkFailed, "MARK_FAILED", kMark},
    {Act::kMarkVerified, "MARK_VERIFIED", kMark},
    {Act::kMarkRolledBack, "MARK_ROLLED_BACK", kMark},
    {Act::kMarkDeferred, "MARK_DEFERRED", kMark},
    {Act::kMarkExempt, "MARK_EXEMPT", kMark},
    {Act::kApplyRollout, "APPLY_ROLLOUT", kRollout},
    {Act::kStartRollout, "START_ROLLOUT", kRollout},
    {Act::kPauseRollout, "PAUSE_ROLLOUT", kRollout},
    {Act::kResumeRollout, "RESUME_ROLLOUT", kRollout},
    {Act::kCancelRollout, "CANCEL_ROLLOUT", kRollout},
    {Act::kCompleteRollout, "COMPLETE_ROLLOUT", kRollout},
    {Act::kCreatePlan, "CREATE_PLAN", kRollout},
    {Act::kSubmitPlan, "SUBMIT_PLAN", kRollout},
    {Act::kApprovePlan, "APPROVE_PLAN", kRollout},
    {Act::kRejectPlan, "REJECT_PLAN", kRollout},
    {Act::kStartWave, "START_WAVE", kRollout},
    {Act::kFinishWave, "FINISH_WAVE", kRollout},
    {Act::kSoakPassed, "SOAK_PASSED", kVerification},
    {Act::kHoldPhase, "HOLD_PHASE", kRollout},
    {Act::kReleasePhase, "RELEASE_PHASE", kRollout},
    {Act::kOverrideGate, "OVERRIDE_GATE", kRollout},
    {Act::kPhaseWaiting, "PHASE_WAITING", kRollout},
    {Act::kPhaseOpen, "PHASE_OPEN", kRollout},
    {Act::kPhaseSoaking, "PHASE_SOAKING", kRollout},
    {Act::kPhaseGate, "PHASE_GATE", kRollout},
    {Act::kPhasePassed, "PHASE_PASSED", kRollout},
    {Act::kPhaseHeld, "PHASE_HELD", kRollout},
    {Act::kCreateToken, "CREATE_TOKEN", kOutside},
    {Act::kRevokeToken, "REVOKE_TOKEN", kOutside},
    {Act::kAcceptClock, "ACCEPT_CLOCK", kOutside},
    {Act::kCorrectMethod, "CORRECT_METHOD", kDevice},
    {Act::kProposeRollout, "PROPOSE_ROLLOUT", kRollout},
    {Act::kAcceptProposal, "ACCEPT_PROPOSAL", kRollout},
    {Act::kDeclineProposal, "DECLINE_PROPOSAL", kRollout},
    {Act::kAcceptLoss, "ACCEPT_LOSS", kOutside},
    {Act::kRestoreBackup, "RESTORE_BACKUP", kOutside},
    {Act::kUseAuditKey, "USE_AUDIT_KEY", kOutside},
    {Act::kDropUnready, "DROP_UNREADY", kRollout},
};

constexpr bool IsInOrder() {
  for (size_t i = 0; i < std::size(kTable); ++i) {
    if (static_cast<size_t>(kTable[i].act) != i + 1) return false;
  }
  return true;
}
static_assert(IsInOrder());

const Row* Find(Act act) {
  const auto index = static_cast<size_t>(act) - 1;
  return index < std::size(kTable) ? kTable + index : nullptr;
}

// The act number `number` (from 1) in the row of acts that begins with `first`.
Act Nth(Act first, int number) { return static_cast<Act>(static_cast<int>(first) + number - 1); }

}  // namespace

ActTraits TraitsOf(Act act) {
  const Row* const row = Find(act);
  return row == nullptr ? kRollout : row->traits;
}

std::vector<std::string> KindsOfUndo() {
  std::vector<std::string> kinds;
  for (const Row& row : kTable) {
    const std::string_view kind = row.traits.undoes;
    if (kind.empty() || std::find(kinds.begin(), kinds.end(), kind) != kinds.end()) continue;
    kinds.emplace_back(kind);
  }
  return kinds;
}

Act ActOf(Outcome outcome) { return Nth(Act::kMarkMigrated, static_cast<int>(outcome)); }

Act ActOf(PhaseState state) { return Nth(Act::kPhaseWaiting, static_cast<int>(state)); }

template <>
std::string_view Name<Act>(Act act) {
  const Row* const row = Find(act);
  return row == nullptr ? std::string_view() : row->name;
}

template <>
std::optional<Act> FromName<Act>(std::string_view name) {
  for (const Row& row : kTable) {
    if (row.name == name) return row.act;
  }
  return std::nullopt;
}

}  // namespace kirikae::domain
